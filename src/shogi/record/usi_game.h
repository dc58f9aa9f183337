#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "shogi/record/game_record.h"
#include "shogi/record/reading.h"

/// Games as USI's command `position` states them: "startpos moves 7g7f 3c3d", "sfen … moves …".
namespace keisei::shogi {

/// Reads the start and the moves, with or without "position" before them. An error names the move
/// and the rule that it breaks. Lenient reading knows "resign" as the last word.
Result<ReadGame> read_usi_game(std::string_view text, Reading reading = Reading::lenient);

/// In one line, with "position". Names, times, comments and the end are left out.
std::string write_usi_game(const GameRecord& record);

}  // namespace keisei::shogi

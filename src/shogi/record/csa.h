#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "shogi/record/game_record.h"
#include "shogi/record/reading.h"

/// The file format of the Computer Shogi Association, versions 2.2 and 3.0:
/// http://www2.computer-shogi.org/protocol/record_v22.html and record_v3.html beside it.
namespace keisei::shogi {

/// Reads all games of a file, which lines with a slash part: at least one. UTF-8, Shift_JIS or
/// EUC-JP. An error names the line and the cause, be it syntax or an illegal move. Lines beginning
/// "'*" are the game's comments; other lines beginning with an apostrophe are the file's and are
/// left out.
Result<std::vector<ReadGame>> read_csa_games(std::string_view bytes,
                                             Reading reading = Reading::lenient);

/// The same of a file with one game. Of several, lenient reading returns the first.
Result<ReadGame> read_csa(std::string_view bytes, Reading reading = Reading::lenient);

/// In UTF-8; version 2.2, or 3.0 where the record has times with milliseconds, an end by its
/// greatest length or headings that only 3.0 knows. Headings without a CSA name are left out.
std::string write_csa(const GameRecord& record);

/// One move: "+7776FU", "-0055KA". A promoting piece is named by what it becomes.
std::string to_csa(const Position& position, Move move);
/// The sign may be left out.
Result<Move> parse_csa_move(std::string_view text, const Position& position);

}  // namespace keisei::shogi

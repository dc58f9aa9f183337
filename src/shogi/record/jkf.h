#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "shogi/record/game_record.h"
#include "shogi/record/reading.h"

/// JKF, the JSON form of game records, version 1.0:
/// https://github.com/na2hiro/Kifu-for-JS/tree/master/packages/json-kifu-format
namespace keisei::shogi {

/// Reads one game: an error names the move and the cause, be it syntax or an illegal move. Only
/// normalised JKF is read, in which every move from the board says where from. Of forks only their
/// number is kept, those inside forks included.
Result<ReadGame> read_jkf(std::string_view json, Reading reading = Reading::lenient);

/// Normalised. Times are cut to whole seconds.
std::string write_jkf(const GameRecord& record);

}  // namespace keisei::shogi

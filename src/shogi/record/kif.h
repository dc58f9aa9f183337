#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "shogi/record/game_record.h"
#include "shogi/record/reading.h"

/// KIF and KI2, the formats of Kakinoki Shogi and Kifu for Windows, as specified at
/// http://kakinoki.o.oo7.jp/kif_format.html
namespace keisei::shogi {

/// Reads KIF or KI2 in UTF-8, Shift_JIS or EUC-JP: an error names the line and the cause, be it
/// syntax or an illegal move. Of variations only their number is kept, and bookmarks are left out.
Result<ReadGame> read_kif(std::string_view bytes, Reading reading = Reading::lenient);

/// One move: "７六歩(77)", "同　銀(31)", "５五角打". last_to: where the previous move went.
std::string to_kif(const Position& position, Move move, std::optional<Square> last_to);

/// In UTF-8, with origins and times.
std::string write_kif(const GameRecord& record);

/// In UTF-8: moves as people name them, without times.
std::string write_ki2(const GameRecord& record);

}  // namespace keisei::shogi

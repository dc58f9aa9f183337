#pragma once

#include <optional>
#include <string>

#include "shogi/position.h"

namespace keisei::shogi {

/// A legal move as Japanese newspapers and broadcasts write it, in UTF-8: "▲７六歩", "△同　銀",
/// "▲５五角打", "△３三桂不成", "▲５八金右". last_to: where the previous move went, for 同.
/// The relative words follow the Japan Shogi Association's rules for naming moves.
std::string to_japanese(const Position& position, Move move,
                        std::optional<Square> last_to = std::nullopt);

/// "７六".
std::string to_japanese(Square square);

/// The piece as one character: "歩", "と", "成銀" (two), "竜".
std::string_view japanese_name(PieceType type);

}  // namespace keisei::shogi

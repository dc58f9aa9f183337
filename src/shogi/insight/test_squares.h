#pragma once

#include <initializer_list>
#include <ostream>
#include <string_view>

#include "shogi/usi.h"

/// How the tests of the insight name squares and print sets of them.
namespace keisei::shogi {

inline void PrintTo(Bitboard squares, std::ostream* out) {
  *out << '{';
  squares.for_each([&](Square square) { *out << ' ' << to_usi(square); });
  *out << " }";
}

namespace testing {

inline Square at(std::string_view name) { return parse_square(name).value(); }

inline Bitboard squares(std::initializer_list<std::string_view> names) {
  Bitboard set;
  for (const auto name : names) set |= Bitboard(at(name));
  return set;
}

/// The same position with the colors exchanged and the board turned around.
inline Position rotated(const Position& position) {
  Position turned = Position::empty(~position.side_to_move(), position.ply());
  const auto other = [](Piece piece) { return make_piece(~color_of(piece), type_of(piece)); };
  position.occupied().for_each(
      [&](Square square) { turned.put(square.rotated(), other(position.piece_on(square))); });
  for (const Color color : {Color::black, Color::white}) {
    for (const PieceType type : kHandTypes) {
      turned.put_in_hand(~color, type, position.hand_count(color, type));
    }
  }
  return turned;
}

}  // namespace testing
}  // namespace keisei::shogi

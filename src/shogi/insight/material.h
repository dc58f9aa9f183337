#pragma once

#include <array>

#include "shogi/position.h"

namespace keisei::shogi {

/// What pieces are worth, in pawns: the values that Tanigawa Koji teaches to beginners, which are
/// the ones most often printed. A king has none: it is never exchanged.
inline constexpr std::array<int, 16> kPieceValues{
    0, 1, 3, 4, 5, 6,  8,  10, 0,  // pawn, lance, knight, silver, gold, bishop, rook; king
    7, 6, 6, 6, 0, 10, 12,         // the promoted forms
};

constexpr int value_of(PieceType type) { return kPieceValues[index(type)]; }

/// How far the material balance swings when a piece is captured: its owner loses the piece as it
/// stands, its captor holds the unpromoted one.
constexpr int capture_swing(PieceType type) { return value_of(type) + value_of(unpromoted(type)); }

/// Whether losing it, or winning it, is worth a word: pawns are exchanged all the time.
constexpr bool worth_more_than_pawn(PieceType type) {
  return value_of(type) > value_of(PieceType::pawn);
}

struct Material {
  int on_board = 0;
  int in_hand = 0;

  int total() const { return on_board + in_hand; }
  friend bool operator==(const Material&, const Material&) = default;
};

Material material(const Position& position, Color color);

/// Board and hand of `color` minus those of the opponent, in pawns.
int material_balance(const Position& position, Color color);

}  // namespace keisei::shogi

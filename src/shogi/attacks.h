#pragma once

#include <array>
#include <bit>

#include "shogi/bitboard.h"

/// Where pieces go. Stepping pieces have tables; sliding ones are computed from empty-board rays by
/// subtraction ("o^(o-2r)" with one ray at a time): along a ray of rising bit numbers the first
/// blocker is the lowest set bit, along a falling one the highest.
namespace keisei::shogi {

struct AttackTables {
  using PerSquare = std::array<Bitboard, Square::kCount>;
  enum Rising { down, left, down_left, up_left };    // rank+1; file+1; both; file+1 and rank-1
  enum Falling { up, right, up_right, down_right };  // their opposites, in the same order

  /// steps[piece][square]: one-step moves; empty for lances, bishops and rooks, a king's sideways
  /// or diagonal steps for their promoted forms (indexed by Piece).
  std::array<PerSquare, 32> steps;
  std::array<std::array<Bitboard, 4>, Square::kCount> rising;
  std::array<std::array<Bitboard, 4>, Square::kCount> falling;
  /// The squares strictly between two squares on a line; empty for all other pairs.
  std::array<PerSquare, Square::kCount> between;
  /// On an empty board.
  PerSquare bishop_lines;
  PerSquare rook_lines;
  std::array<PerSquare, 2> lance_lines;  // by color of the lance
  /// Where a stepping piece of any kind, of that color, may stand to attack the square.
  std::array<PerSquare, 2> step_sources;

  /// Where pieces (of that color) may stand to attack a neighbour of the square on an empty board:
  /// what a king on the square has to look at before it moves.
  std::array<PerSquare, 2> step_zones;
  std::array<PerSquare, 2> lance_zones;
  PerSquare bishop_zones;
  PerSquare rook_zones;
};

extern const AttackTables kAttacks;

inline Bitboard rising_ray(Bitboard ray, Bitboard occupied) {
  const Bits128 blockers = (ray & occupied).bits();
  return ray & Bitboard(blockers ^ (blockers - 1));
}

inline Bitboard falling_ray(Bitboard ray, Bitboard occupied) {
  const Bitboard blockers = ray & occupied;
  /// All bits from the highest blocker upwards; everything when there is none.
  const Bits128 beyond =
      blockers.high() != 0
          ? Bits128{~std::uint64_t{0} << (63 - std::countl_zero(blockers.high()))} << 64
          : (Bits128{~std::uint64_t{0}} << 64) |
                (~std::uint64_t{0} << (63 - std::countl_zero(blockers.low() | 1)));
  return ray & Bitboard(beyond);
}

inline Bitboard lance_attacks(Color color, Square from, Bitboard occupied) {
  return color == Color::black
             ? falling_ray(kAttacks.falling[from.index()][AttackTables::up], occupied)
             : rising_ray(kAttacks.rising[from.index()][AttackTables::down], occupied);
}

inline Bitboard rook_attacks(Square from, Bitboard occupied) {
  const auto& rising = kAttacks.rising[from.index()];
  const auto& falling = kAttacks.falling[from.index()];
  return rising_ray(rising[AttackTables::down], occupied) |
         rising_ray(rising[AttackTables::left], occupied) |
         falling_ray(falling[AttackTables::up], occupied) |
         falling_ray(falling[AttackTables::right], occupied);
}

inline Bitboard bishop_attacks(Square from, Bitboard occupied) {
  const auto& rising = kAttacks.rising[from.index()];
  const auto& falling = kAttacks.falling[from.index()];
  return rising_ray(rising[AttackTables::down_left], occupied) |
         rising_ray(rising[AttackTables::up_left], occupied) |
         falling_ray(falling[AttackTables::up_right], occupied) |
         falling_ray(falling[AttackTables::down_right], occupied);
}

inline Bitboard steps(Color color, PieceType type, Square from) {
  return kAttacks.steps[index(make_piece(color, type))][from.index()];
}
inline Bitboard king_steps(Square from) { return steps(Color::black, PieceType::king, from); }
inline Bitboard between(Square a, Square b) { return kAttacks.between[a.index()][b.index()]; }

/// Every square that the piece attacks from `from`, own pieces included.
inline Bitboard attacks(Piece piece, Square from, Bitboard occupied) {
  const Bitboard near = kAttacks.steps[index(piece)][from.index()];
  switch (type_of(piece)) {
    case PieceType::lance:
      return lance_attacks(color_of(piece), from, occupied);
    case PieceType::bishop:
      return bishop_attacks(from, occupied);
    case PieceType::rook:
      return rook_attacks(from, occupied);
    case PieceType::horse:
      return near | bishop_attacks(from, occupied);
    case PieceType::dragon:
      return near | rook_attacks(from, occupied);
    default:
      return near;
  }
}

}  // namespace keisei::shogi

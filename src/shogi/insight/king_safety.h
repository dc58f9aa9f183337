#pragma once

#include "shogi/position.h"

namespace keisei::shogi {

/// The neighbourhood of a king: the squares one step away.
struct KingSafety {
  /// Where the king could step if it were its turn.
  Bitboard escapes;
  /// Neighbouring squares that the enemy attacks, looking through the king.
  Bitboard exposed;
  /// Enemy pieces that attack the king or a neighbouring square.
  Bitboard attackers;
  /// Own pieces on neighbouring squares.
  Bitboard guards;
  bool in_check = false;
};

/// Cost: under a microsecond, no heap memory. Precondition: position.has_king(color).
KingSafety king_safety(const Position& position, Color color);

}  // namespace keisei::shogi

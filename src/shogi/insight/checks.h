#pragma once

#include "shogi/position.h"

namespace keisei::shogi {

/// The pieces (as they stand after the move) that would give check to the opponent's king: none,
/// the moved piece, a piece behind it, or two. Cost: tens of nanoseconds; the move is not made.
/// Precondition: the move is legal.
Bitboard checkers_after(const Position& position, Move move);

}  // namespace keisei::shogi

#pragma once

#include "base/result.h"
#include "shogi/position.h"

namespace keisei::shogi {

/// Nothing for a legal move; otherwise the first rule that it breaks, in words: "two unpromoted
/// pawns on a file (nifu)". Several times as fast as to look among all legal moves.
/// Precondition: the squares are on the board, a dropped piece is one of kHandTypes.
Result<void> check_legality(const Position& position, Move move);

}  // namespace keisei::shogi

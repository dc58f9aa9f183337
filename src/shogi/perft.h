#pragma once

#include <cstdint>

#include "shogi/position.h"

namespace keisei::shogi {

/// The number of leaves of the tree of legal moves, depth plies deep; the position is unchanged
/// afterwards. At the last ply the moves are counted, neither listed nor played.
std::uint64_t perft(Position& position, int depth);

/// The same number, but every leaf's move is made and unmade.
std::uint64_t perft_to_leaves(Position& position, int depth);

}  // namespace keisei::shogi

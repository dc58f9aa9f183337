#include "shogi/perft.h"

namespace keisei::shogi {

std::uint64_t perft(Position& position, int depth) {
  if (depth <= 0) return 1;
  if (depth == 1) return position.count_legal_moves();
  MoveList moves;
  position.legal_moves(moves);
  std::uint64_t leaves = 0;
  for (const Move move : moves) {
    const Undo undo = position.do_move(move);
    leaves += perft(position, depth - 1);
    position.undo_move(move, undo);
  }
  return leaves;
}

std::uint64_t perft_to_leaves(Position& position, int depth) {
  if (depth <= 0) return 1;
  MoveList moves;
  position.legal_moves(moves);
  std::uint64_t leaves = 0;
  for (const Move move : moves) {
    const Undo undo = position.do_move(move);
    leaves += depth == 1 ? 1 : perft_to_leaves(position, depth - 1);
    position.undo_move(move, undo);
  }
  return leaves;
}

}  // namespace keisei::shogi

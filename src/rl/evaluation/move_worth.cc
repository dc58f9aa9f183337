#include "rl/evaluation/move_worth.h"

#include <algorithm>

#include "shogi/insight/exchange.h"
#include "shogi/insight/mate.h"
#include "shogi/insight/material.h"

namespace keisei::rl {
namespace {

// Every other move wins nothing on its square.
bool may_win_material(const shogi::Position& position, shogi::Move move) {
  return !move.is_drop() &&
         (move.is_promotion() || position.piece_on(move.to()) != shogi::Piece::none);
}

}  // namespace

int move_worth(const shogi::Position& position, shogi::Move move) {
  const shogi::Color mover = position.side_to_move();
  shogi::Position next = position;
  next.do_move(move);
  const shogi::MoveList answers = next.legal_moves();
  if (answers.empty()) return kMateWorth;
  if (shogi::mate_in_one(next)) return -kMateWorth;
  int lost = 0;
  for (const shogi::Move answer : answers) {
    if (may_win_material(next, answer)) lost = std::max(lost, shogi::exchange_value(next, answer));
  }
  return shogi::material_balance(next, mover) - shogi::material_balance(position, mover) - lost;
}

}  // namespace keisei::rl

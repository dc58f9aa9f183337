#include "rl/selfplay/material.h"

#include "shogi/insight/material.h"

namespace keisei::rl {
namespace {

using shogi::PieceType;

constexpr int kStartingWorth = 9 * value_of(PieceType::pawn) + value_of(PieceType::bishop) +
                               value_of(PieceType::rook) +
                               2 * (value_of(PieceType::lance) + value_of(PieceType::knight) +
                                    value_of(PieceType::silver) + value_of(PieceType::gold));

}  // namespace

double material_balance(const shogi::Position& position) {
  const int balance = shogi::material_balance(position, position.side_to_move());
  return static_cast<double>(balance) / kStartingWorth;
}

}  // namespace keisei::rl

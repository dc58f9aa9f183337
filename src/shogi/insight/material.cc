#include "shogi/insight/material.h"

namespace keisei::shogi {

Material material(const Position& position, Color color) {
  Material sum;
  for (std::size_t type = 1; type < kPieceValues.size(); ++type) {
    sum.on_board +=
        kPieceValues[type] * position.pieces(color, static_cast<PieceType>(type)).count();
  }
  for (const PieceType type : kHandTypes) {
    sum.in_hand += value_of(type) * position.hand_count(color, type);
  }
  return sum;
}

int material_balance(const Position& position, Color color) {
  return material(position, color).total() - material(position, ~color).total();
}

}  // namespace keisei::shogi

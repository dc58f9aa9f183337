#include "rl/material.h"

#include <array>

namespace keisei::rl {
namespace {

using shogi::PieceType;

// Customary exchange values in pawns; a captured promoted piece turns back into the plain one.
constexpr std::array<int, 16> kWorth{0, 1, 3, 3, 5, 6, 8, 10, 0, 5, 5, 6, 6, 0, 11, 13};
constexpr double kStartingWorth = 9 * 1 + 2 * 3 + 2 * 3 + 2 * 5 + 2 * 6 + 8 + 10;

int worth(const shogi::Position& position, shogi::Color color) {
  int sum = 0;
  for (std::size_t type = 1; type < kWorth.size(); ++type) {
    sum += kWorth[type] * position.pieces(color, static_cast<PieceType>(type)).count();
  }
  for (const PieceType type : shogi::kHandTypes) {
    sum += kWorth[index(type)] * position.hand_count(color, type);
  }
  return sum;
}

}  // namespace

double material_balance(const shogi::Position& position) {
  const shogi::Color mover = position.side_to_move();
  return (worth(position, mover) - worth(position, ~mover)) / kStartingWorth;
}

}  // namespace keisei::rl

#pragma once

#include <cstdint>

#include "rl/random.h"
#include "shogi/game.h"

namespace keisei::rl {

/// One self-play game and its random stream. Both sides are played by the same network.
struct Environment {
  Environment(std::uint64_t seed, const shogi::Rules& rules)
      : game(shogi::Position::startpos(), rules), random(seed) {}

  shogi::Game game;
  Random random;
  std::int64_t game_number = 1;
};

}  // namespace keisei::rl

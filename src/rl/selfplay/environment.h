#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "rl/random.h"
#include "shogi/game.h"

namespace keisei::rl {

/// Of a ply that the learning network was not asked about.
inline constexpr float kNoForecast = std::numeric_limits<float>::quiet_NaN();

/// One self-play game and its random stream. Both sides are played by the same network.
struct Environment {
  Environment(std::uint64_t seed, const shogi::Rules& rules)
      : game(shogi::Position::startpos(), rules), random(seed) {
    forecasts.reserve(static_cast<std::size_t>(rules.max_plies));
  }

  shogi::Game game;
  std::vector<float> forecasts;  // of the game's plies from the first on, for who was to move
  Random random;
  std::int64_t game_number = 1;
};

}  // namespace keisei::rl

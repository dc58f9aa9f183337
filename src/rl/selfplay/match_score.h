#pragma once

#include <cstdint>

namespace keisei::rl {

struct MatchScore {
  int wins = 0, draws = 0, losses = 0;
  std::int64_t plies = 0;

  int games() const { return wins + draws + losses; }
  /// Draws count half.
  double score() const { return games() == 0 ? 0.5 : (wins + 0.5 * draws) / games(); }
};

}  // namespace keisei::rl

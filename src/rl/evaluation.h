#pragma once

#include <cstdint>

#include "rl/ppo_agent.h"
#include "rl/step_manager.h"

namespace keisei::rl {

struct MatchScore {
  int wins = 0, draws = 0, losses = 0;
  std::int64_t plies = 0;

  int games() const { return wins + draws + losses; }
  /// Draws count half.
  double score() const { return (wins + 0.5 * draws) / games(); }
};

struct Interval {
  double low, high;
};
/// 95 % Wilson interval of the score, as if each game were won or lost.
Interval wilson_interval(double score, int games);

/// Plays `games` games at once, colours alternating, against a uniformly random mover. The agent
/// samples its policy as in training. The same seed gives the same games.
MatchScore play_random(const PpoAgent& agent, WorkerPool& pool, const Options& options, int games,
                       std::uint64_t seed);

/// The same against another network.
MatchScore play_agent(const PpoAgent& agent, const PpoAgent& opponent, WorkerPool& pool,
                      const Options& options, int games, std::uint64_t seed);

}  // namespace keisei::rl

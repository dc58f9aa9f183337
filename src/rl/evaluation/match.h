#pragma once

#include <cstdint>
#include <stop_token>

#include "rl/ppo/ppo_agent.h"
#include "rl/selfplay/match_score.h"
#include "rl/selfplay/step_manager.h"

namespace keisei::rl {

struct Interval {
  double low, high;
};
/// 95 % Wilson interval of the score, as if each game were won or lost.
Interval wilson_interval(double score, int games);

/// Plays `games` games at once, colours alternating, against a uniformly random mover. The agent
/// samples its policy as in training. The same seed gives the same games. Asked to stop, it returns
/// within a ply with the games that are over by then.
MatchScore play_random(const PpoAgent& agent, WorkerPool& pool, const Options& options, int games,
                       std::uint64_t seed, const std::stop_token& stop = {});

/// The same against another network.
MatchScore play_agent(const PpoAgent& agent, const PpoAgent& opponent, WorkerPool& pool,
                      const Options& options, int games, std::uint64_t seed,
                      const std::stop_token& stop = {});

}  // namespace keisei::rl

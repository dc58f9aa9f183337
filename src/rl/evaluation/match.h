#pragma once

#include <cstdint>
#include <stop_token>

#include "rl/evaluation/anchors.h"
#include "rl/network/player.h"
#include "rl/options.h"
#include "rl/selfplay/match_score.h"
#include "rl/worker_pool.h"

namespace keisei::rl {

/// Plays `games` games at once, colours alternating, against a player that never learns. The
/// network samples its policy as in training. The same seed gives the same games. Asked to stop, it
/// returns within a ply with the games that are over by then.
MatchScore play_anchor(const Player& player, Anchor anchor, WorkerPool& pool,
                       const Options& options, int games, std::uint64_t seed,
                       const std::stop_token& stop = {});

/// The same against a uniformly random mover.
MatchScore play_random(const Player& player, WorkerPool& pool, const Options& options, int games,
                       std::uint64_t seed, const std::stop_token& stop = {});

/// The same against another network.
MatchScore play_match(const Player& player, const Player& opponent, WorkerPool& pool,
                      const Options& options, int games, std::uint64_t seed,
                      const std::stop_token& stop = {});

}  // namespace keisei::rl

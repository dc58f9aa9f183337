#pragma once

#include "rl/options.h"

namespace keisei::rl {

/// A run that plays and learns in milliseconds: four environments of short games, 64 samples a
/// rollout. A test changes what it is about.
inline Options tiny_options(PolicyHead head = PolicyHead::attention) {
  Options options;
  options.network = {.depth = 1, .width = 8, .policy_head = head};
  options.environment = {.count = 4, .max_plies = 40};
  options.ppo.steps = 16;
  options.ppo.epochs = 2;
  options.ppo.minibatch = 16;
  options.evaluation = {
      .games = 6, .opponents = 2, .games_per_opponent = 4, .pool = 3, .questions = 3};
  return options;
}

}  // namespace keisei::rl

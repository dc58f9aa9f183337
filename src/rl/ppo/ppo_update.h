#pragma once

#include <memory>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"
#include "rl/options.h"
#include "rl/ppo/learner.h"
#include "rl/ppo/learning_rate.h"
#include "rl/ppo/optimizer.h"
#include "rl/ppo/ppo_agent.h"
#include "rl/ppo/process_group.h"
#include "rl/ppo/rollout_buffer.h"
#include "rl/random.h"
#include "rl/worker_pool.h"

namespace keisei::rl {

/// The epochs and minibatches of PPO over one rollout.
class PpoUpdate {
 public:
  using Learners = std::vector<std::unique_ptr<Learner>>;

  /// Everything outlives this. The first learner has the weights that the optimiser steps;
  /// `reference`, the network that the penalty refers to, and `group` may be null.
  PpoUpdate(const Options& options, WorkerPool& pool, ProcessGroup* group, Learners& learners,
            Optimizer& optimizer, Network* reference);

  /// Adds what was learnt to `metrics`. Shuffles with `shuffle`, and tells the learning rate how
  /// far the policy went. On failure, and if it was asked to stop on the way, the weights are those
  /// of the last good step.
  Result<LearnMetrics> run(const RolloutBuffer& rollout, LearnMetrics metrics, Random& shuffle,
                           LearningRate& learning_rate, const std::stop_token& stop);

 private:
  LearnSums differentiate(const RolloutBuffer& rollout, std::span<const int> samples);
  /// How many samples every process of the group has.
  int available_everywhere(int here) const;
  std::string blame(const std::string& what);

  const Options& options_;
  WorkerPool& pool_;
  ProcessGroup* group_;
  Learners& learners_;
  Optimizer& optimizer_;
  Network* reference_;
};

}  // namespace keisei::rl

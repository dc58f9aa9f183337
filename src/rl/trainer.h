#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "rl/checkpoint.h"
#include "rl/metrics_manager.h"
#include "rl/options.h"
#include "rl/ppo_agent.h"
#include "rl/rollout.h"

namespace keisei::rl {

/// A training run: self-play and learning in turn, and what is needed to interrupt it.
class Trainer {
 public:
  /// `clock` outlives the trainer.
  Trainer(const Options& options, const Clock& clock);

  /// One rollout and one update. None if it was asked to stop on the way; the run can then be
  /// saved, but what was begun is not counted. An error if learning failed for good.
  Result<std::optional<Iteration>> iterate(FeaturedObserver* observer,
                                           const std::stop_token& stop = {});

  /// Exact between iterations: a run that goes on from it plays and learns the same.
  Checkpoint checkpoint(const std::string& run_id) const;
  /// An error if the checkpoint belongs to another network or number of environments.
  Result<void> resume(const Checkpoint& checkpoint);

  const MetricsManager& metrics() const { return metrics_; }
  const PpoAgent& agent() const { return agent_; }
  WorkerPool& pool() { return pool_; }

 private:
  Options options_;
  const Clock& clock_;
  WorkerPool pool_;
  PpoAgent agent_;
  SelfPlay self_play_;
  RolloutBuffer rollout_;
  MetricsManager metrics_;
};

}  // namespace keisei::rl

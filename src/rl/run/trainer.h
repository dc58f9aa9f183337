#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "base/thread_check.h"
#include "rl/options.h"
#include "rl/ppo/ppo_agent.h"
#include "rl/run/checkpoint.h"
#include "rl/run/metrics_manager.h"
#include "rl/selfplay/self_play.h"

namespace keisei::rl {

/// A training run: self-play and learning in turn, and what is needed to interrupt it. One thread
/// trains.
class Trainer {
 public:
  /// `clock` outlives the trainer, and so does `group`, which may be null: see process_group.h.
  Trainer(const Options& options, const Clock& clock, ProcessGroup* group = nullptr);

  /// One rollout and one update. None if it was asked to stop on the way; the run can then be
  /// saved, but what was begun is not counted, and the network is as it was before. So it is after
  /// an error: learning failed for good. In a group nobody may be asked to stop on the way.
  Result<std::optional<Iteration>> iterate(FeaturedObserver* observer,
                                           const std::stop_token& stop = {});

  /// Exact between iterations: a run that goes on from it plays and learns the same.
  Checkpoint checkpoint(const std::string& run_id) const;
  /// An error if the checkpoint belongs to another network or number of environments.
  Result<void> resume(const Checkpoint& checkpoint);

  const MetricsManager& metrics() const { return metrics_; }
  /// The network as it is.
  const Player& player() const { return agent_.player(); }
  WorkerPool& pool() { return pool_; }

 private:
  ThreadChecker thread_;
  Options options_;
  const Clock& clock_;
  WorkerPool pool_;
  ProcessGroup* group_;
  PpoAgent agent_;
  PastSelves past_;
  SelfPlay self_play_;
  RolloutBuffer rollout_;
  MetricsManager metrics_;
};

}  // namespace keisei::rl

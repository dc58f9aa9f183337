#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "hook/events/events.h"
#include "rl/network/player.h"
#include "rl/options.h"
#include "rl/ppo/process_group.h"
#include "rl/ppo/rollout_buffer.h"
#include "rl/worker_pool.h"

namespace keisei::rl {

/// What one PPO update did.
struct LearnMetrics {
  /// All but the times and explained_variance, which is for the results of games to say. Losses,
  /// entropy and grad_norm are means over the update, kl_divergence and clip_fraction over its last
  /// epoch; unknown if nothing was learnt, target_kl also if there is none.
  hook::Figures figures;
  // From the older policy of the penalty, over the last epoch; NaN without one.
  double kl_from_older = std::numeric_limits<double>::quiet_NaN();
  int minibatches = 0;    // fewer than planned if the KL divergence stopped learning
  bool given_up = false;  // asked to stop on the way: nothing was learnt
};

/// A network that learns: its optimiser, and PPO (Schulman et al., 2017).
class PpoAgent {
 public:
  /// The pool must outlive the agent. Same seed and pool size, same weights and updates.
  /// With a group, every member learns the same from what all of them have played; it must outlive
  /// the agent too.
  PpoAgent(const Options& options, WorkerPool& pool, ProcessGroup* group = nullptr);
  ~PpoAgent();
  PpoAgent(const PpoAgent&) = delete;
  PpoAgent& operator=(const PpoAgent&) = delete;

  /// Plays with the weights as they are; not while learning or loading, and not beyond the agent.
  const Player& player() const;

  /// Learns from a finished rollout; normalises its advantages. `global_step` drives the schedule
  /// of the learning rate. An error if a loss or gradient is not finite, naming the first tensor
  /// that is not; the agent is then as it was before.
  /// Asked to stop on the way, it gives up within a minibatch, and is then as it was before, too.
  Result<LearnMetrics> learn(RolloutBuffer& rollout, std::int64_t global_step,
                             const std::stop_token& stop = {});

  /// Weights, optimiser and schedule as bytes, and back. An error leaves the agent as it was.
  std::string save() const;
  Result<void> load(const std::string& bytes);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace keisei::rl

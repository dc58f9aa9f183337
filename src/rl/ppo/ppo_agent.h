#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "rl/network/player.h"
#include "rl/options.h"
#include "rl/ppo/process_group.h"
#include "rl/ppo/rollout_buffer.h"
#include "rl/worker_pool.h"

namespace keisei::rl {

/// What one PPO update did. Means are over the samples; KL and clipping over the last epoch.
struct LearnMetrics {
  double policy_loss = 0;
  double value_loss = 0;            // half the mean squared error
  double entropy = 0;               // nats
  double entropy_max = 0;           // mean ln(legal moves)
  double kl_divergence_approx = 0;  // k3: mean(ratio - 1 - log ratio), never negative
  double clip_fraction = 0;
  double learning_rate = 0;
  double explained_variance = 0;  // NaN if the returns did not vary
  // From the older policy of the penalty, over the last epoch; NaN without one.
  double kl_from_older = std::numeric_limits<double>::quiet_NaN();
  double grad_norm = 0;  // mean of the global norms before clipping
  int minibatches = 0;   // fewer than planned if the KL divergence stopped learning
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
  /// Asked to stop, it returns within a minibatch.
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

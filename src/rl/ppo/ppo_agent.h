#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <stop_token>
#include <string>

#include "base/result.h"
#include "rl/encoding/position_batch.h"
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

/// The network, its optimiser, and PPO (Schulman et al., 2017). The only public door to libtorch.
class PpoAgent {
 public:
  /// The pool must outlive the agent. Same seed and pool size, same weights and updates.
  /// With a group, every member learns the same from what all of them have played; it must outlive
  /// the agent too.
  PpoAgent(const Options& options, WorkerPool& pool, ProcessGroup* group = nullptr);
  ~PpoAgent();
  PpoAgent(const PpoAgent&) = delete;
  PpoAgent& operator=(const PpoAgent&) = delete;

  /// Fills `output`; its activation only if `want_activation`. Any number of threads at a time,
  /// but not while learning.
  void evaluate(const PositionBatch& batch, PolicyOutput& output,
                bool want_activation = false) const;

  /// Learns from a finished rollout; normalises its advantages. `global_step` drives the schedule
  /// of the learning rate. An error if a loss or gradient is not finite, naming the first tensor
  /// that is not; the agent is then as it was before.
  /// Asked to stop, it returns within a minibatch.
  Result<LearnMetrics> learn(RolloutBuffer& rollout, std::int64_t global_step,
                             const std::stop_token& stop = {});

  std::int64_t parameter_count() const;

  /// Weights, optimiser and schedule as bytes, and back. An error leaves the agent as it was.
  std::string save() const;
  Result<void> load(const std::string& bytes);

  /// The weights alone, for a copy that plays; the optimiser of such a copy starts anew.
  std::string save_weights() const;
  Result<void> load_weights(const std::string& bytes);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace keisei::rl

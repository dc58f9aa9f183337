#pragma once

#include <memory>
#include <vector>

#include "rl/options.h"
#include "rl/ppo/rollout_buffer.h"
#include "rl/worker_pool.h"

/// The network's part of an iteration and nothing else: the same forward and backward passes as a
/// rollout and its update need, of the same shapes and on as many threads, on tensors that lie
/// ready. No game is played, nothing is encoded, sampled, summed up or stepped.
class NetworkBound {
 public:
  /// Takes its positions from a rollout that was played with the same options. `pool` outlives it.
  NetworkBound(const keisei::rl::Options& options, const keisei::rl::RolloutBuffer& rollout,
               keisei::rl::WorkerPool& pool);
  ~NetworkBound();

  struct Seconds {
    double playing, learning;
  };
  /// Runs the passes of one iteration that takes this many minibatches.
  Seconds run(int minibatches);

 private:
  struct Part;
  keisei::rl::Options options_;
  keisei::rl::WorkerPool& pool_;
  std::vector<std::unique_ptr<Part>> parts_;  // one per worker
};

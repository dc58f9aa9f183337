#pragma once

#include <torch/optim/adam.h>

#include <memory>
#include <vector>

#include "base/result.h"
#include "rl/network/network.h"
#include "rl/options.h"
#include "rl/ppo/learner.h"
#include "rl/ppo/process_group.h"
#include "rl/worker_pool.h"

namespace keisei::rl {

/// Adds up the gradients of all workers and processes and takes steps of Adam. On the CPU the steps
/// are our own (adam.h), each worker's on its part of every tensor; the state is that of
/// torch::optim::Adam, which also saves and loads it, and takes the steps elsewhere.
class Optimizer {
 public:
  /// The weights are those of the network; `pool` and `group`, which may be null, outlive this.
  Optimizer(std::shared_ptr<Network> network, const PpoOptions& options, WorkerPool& pool,
            ProcessGroup* group);

  void set_learning_rate(double rate);
  /// One step with the gradients of all learners, of which the first has the weights; gives their
  /// global norm before clipping. An error names the first tensor whose gradient is not finite; the
  /// weights are then as they were.
  Result<double> step(std::vector<std::unique_ptr<Learner>>& learners);

  torch::optim::Adam& state() { return adam_; }

 private:
  using Learners = std::vector<std::unique_ptr<Learner>>;
  void add_up_workers(Learners& learners);
  void add_up_processes(const std::vector<torch::Tensor>& parameters);
  double norm_of_gradient(const Learners& learners);
  void step_on_cpu(const std::vector<torch::Tensor>& parameters, double grad_scale);
  std::string first_not_finite(const Learners& learners) const;
  torch::optim::AdamParamState& state_of(const torch::Tensor& parameter);

  std::shared_ptr<Network> network_;
  PpoOptions options_;
  WorkerPool& pool_;
  ProcessGroup* group_;
  torch::optim::Adam adam_;
  std::vector<float> exchanged_;  // gradients on their way to other processes
};

}  // namespace keisei::rl

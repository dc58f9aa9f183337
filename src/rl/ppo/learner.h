#pragma once

#include <torch/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "rl/encoding/position_batch.h"
#include "rl/network/network.h"
#include "rl/options.h"
#include "rl/ppo/rollout_buffer.h"

namespace keisei::rl {

/// Sums over samples of a minibatch, of one worker or of all.
struct LearnSums {
  double policy = 0, value = 0, entropy = 0, kl = 0, clipped = 0, divergence = 0;

  LearnSums& operator+=(const LearnSums& other);
};

/// A network of its own gradients over shared weights, and the memory for its part of a minibatch.
class Learner {
 public:
  explicit Learner(std::shared_ptr<Network> network);

  const std::vector<torch::Tensor>& parameters() const { return parameters_; }
  std::vector<torch::Tensor>& parameters() { return parameters_; }

  void gather(const RolloutBuffer& rollout, std::span<const int> samples, int max_plies);
  /// Leaves the gradient of the loss, divided by `minibatch`, in the parameters, and gives the sums
  /// of what was gathered. `reference` may be null: no penalty.
  LearnSums differentiate(const PpoOptions& options, int minibatch, Network* reference);

  /// The first tensor of what was gathered that holds a number that is not finite, in the order in
  /// which they arise: weights, what the rollout said, the stages of the network, the terms of the
  /// loss. None if all is well.
  std::optional<std::string> first_not_finite();

 private:
  torch::Tensor per_sample(const std::vector<float>& data) const;

  std::shared_ptr<Network> network_;
  std::vector<torch::Tensor> parameters_;
  torch::Device device_;
  PositionBatch batch_;
  std::vector<std::int32_t> chosen_;
  std::vector<float> old_log_probabilities_, old_values_, advantages_, targets_;
};

}  // namespace keisei::rl

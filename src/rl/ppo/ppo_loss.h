#pragma once

#include <torch/types.h>

#include "rl/options.h"

namespace keisei::rl {

/// One minibatch as the loss needs it; every tensor is [B].
struct PpoTerms {
  torch::Tensor log_probabilities;      // of the chosen moves, with gradient
  torch::Tensor entropies;              // with gradient
  torch::Tensor values;                 // with gradient
  torch::Tensor old_log_probabilities;  // when the rollout was played
  torch::Tensor old_values;
  torch::Tensor advantages;
  torch::Tensor targets;
  torch::Tensor divergences;  // from the reference policy, with gradient; undefined: no penalty
};

/// Sums over the minibatch, so that parts of one can be added up. Scalars.
struct PpoLoss {
  torch::Tensor total;   // policy + c_v * value - c_e * entropy + c_k * divergence, with gradient
  torch::Tensor policy;  // -min(r A, clip(r, 1 - e, 1 + e) A)
  torch::Tensor value;   // half squared errors
  torch::Tensor entropy;
  torch::Tensor divergence;  // undefined without a penalty
  torch::Tensor kl;          // r - 1 - ln r
  torch::Tensor clipped;     // samples with |r - 1| > e
};

PpoLoss ppo_loss(const PpoTerms& terms, const PpoOptions& options);

}  // namespace keisei::rl

#pragma once

#include <torch/types.h>

#include "rl/network/legal_policy.h"

/// The functions of legal_policy.h as operations on whole tensors, with torch's own gradients: for
/// any device but the CPU, where the loops of legal_policy.h are many times faster. A test holds
/// both to the same results.
namespace keisei::rl::tensor_policy {

torch::Tensor convolutional_logits(const torch::Tensor& features, const torch::Tensor& weight,
                                   const torch::Tensor& bias, const torch::Tensor& offsets,
                                   const torch::Tensor& actions);
torch::Tensor attention_logits(const torch::Tensor& projections, const torch::Tensor& offset_bias,
                               const torch::Tensor& offsets, const torch::Tensor& actions);
torch::Tensor linear_logits(const torch::Tensor& features, const torch::Tensor& weight,
                            const torch::Tensor& bias, const torch::Tensor& offsets,
                            const torch::Tensor& actions);

ChosenMoves chosen_moves(const torch::Tensor& logits, const torch::Tensor& offsets,
                         const torch::Tensor& chosen);
torch::Tensor divergence(const torch::Tensor& logits, const torch::Tensor& reference,
                         const torch::Tensor& offsets);
torch::Tensor log_softmax(const torch::Tensor& logits, const torch::Tensor& offsets);

}  // namespace keisei::rl::tensor_policy

#pragma once

#include <torch/nn/module.h>
#include <torch/nn/modules/conv.h>
#include <torch/nn/modules/linear.h>
#include <torch/types.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "rl/options.h"

namespace keisei::rl {

/// Two 3x3 convolutions and squeeze-and-excitation before the skip. There is no normalisation:
/// the second convolution starts at zero, so that a fresh block passes its input through, which
/// trains stably at these depths and keeps the policy that learns the one that played.
/// [B, C, 9, 9] -> the same.
class ResidualBlock : public torch::nn::Module {
 public:
  ResidualBlock(int width, double se_ratio);

  struct Output {
    torch::Tensor features;    // [B, C, 9, 9], after the skip
    torch::Tensor activation;  // [B, C, 9, 9], what the gates scale
    torch::Tensor gates;       // [B, C], 0..1
  };
  Output forward(const torch::Tensor& input);

 private:
  torch::nn::Conv2d conv1_{nullptr}, conv2_{nullptr};
  torch::nn::Linear fc1_{nullptr}, fc2_{nullptr};  // a 1x1 convolution of a 1x1 map
};

/// SE-ResNet with a policy over legal moves and a value, on the device of its weights. All
/// activations are in channels-last order, as the planes are.
class Network : public torch::nn::Module {
 public:
  /// Initial weights come from torch's generator: seed it first.
  explicit Network(const NetworkOptions& options);

  struct Output {
    torch::Tensor logits;      // [L], of the legal moves, float32
    torch::Tensor values;      // [B], tanh, for the mover, float32
    torch::Tensor activation;  // of the last block: [B, C, 9, 9]
    torch::Tensor gates;       // of the last block: [B, C]
  };
  /// planes [B, 81, 46], on the same device; offsets int32 [B + 1] and actions int32 [L] as in
  /// PositionBatch.
  Output forward(const torch::Tensor& planes, const torch::Tensor& offsets,
                 const torch::Tensor& actions);

  /// The tensors of a forward pass by name, in the order in which they arise, without gradient: for
  /// finding out where something went wrong.
  std::vector<std::pair<std::string, torch::Tensor>> stages(const torch::Tensor& planes,
                                                            const torch::Tensor& offsets,
                                                            const torch::Tensor& actions);

  std::int64_t parameter_count() const;
  torch::Device device() const;

 private:
  torch::Tensor policy(const torch::Tensor& features, const torch::Tensor& offsets,
                       const torch::Tensor& actions);

  NetworkOptions options_;
  torch::nn::Conv2d stem_{nullptr};
  std::vector<std::shared_ptr<ResidualBlock>> blocks_;
  torch::nn::Linear policy_{nullptr};       // attention, convolutional: a 1x1 convolution
  torch::Tensor offset_bias_;               // attention
  torch::nn::Conv2d policy_conv_{nullptr};  // linear: 1x1 to two planes
  torch::nn::Conv2d value_conv_{nullptr};
  torch::nn::Linear value_hidden_{nullptr}, value_{nullptr};
};

}  // namespace keisei::rl

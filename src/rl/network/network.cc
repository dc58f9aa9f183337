#include "rl/network/network.h"

#include <ATen/autocast_mode.h>
#include <torch/nn/init.h>
#include <torch/utils.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "rl/encoding/encoding.h"
#include "rl/network/legal_policy.h"

namespace keisei::rl {
namespace {

namespace nn = torch::nn;
using torch::Tensor;

constexpr int kLinearHeadPlanes = 2;
constexpr int kValuePlanes = 8;
constexpr int kValueHidden = 64;

// The queries and keys of the attention head; half the width is enough for a bilinear form.
std::int64_t attention_size(int width) { return std::max(8, width / 2); }

nn::Conv2d convolution(int from, int to, int kernel) {
  nn::Conv2d layer(nn::Conv2dOptions(from, to, kernel).padding(kernel / 2));
  nn::init::kaiming_normal_(layer->weight, 0.0, torch::kFanIn, torch::kReLU);
  nn::init::zeros_(layer->bias);
  return layer;
}

void to_channels_last(nn::Module& module) {
  for (Tensor& parameter : module.parameters()) {
    if (parameter.dim() == 4) {
      parameter.set_data(parameter.data().contiguous(torch::MemoryFormat::ChannelsLast));
    }
  }
}

// [B, C, 9, 9] in channels-last order -> [B, 81, C], without a copy.
Tensor by_square(const Tensor& features) {
  return features.permute({0, 2, 3, 1}).contiguous().view({features.size(0), kSquares, -1});
}

// While it lives, this thread computes matrix products and convolutions in the precision that is
// wanted. What is sensitive (sums, exponentials) torch keeps in float32.
class Autocast {
 public:
  Autocast(Precision precision, const torch::Device& device)
      : wanted_(precision == Precision::bfloat16),
        cpu_(device.is_cpu()),
        before_(cpu_ ? at::autocast::is_cpu_enabled() : at::autocast::is_enabled()) {
    if (!wanted_) return;
    // Each weight is used once per pass: nothing to keep.
    at::autocast::set_autocast_cache_enabled(false);
    at::autocast::set_autocast_cpu_dtype(torch::kBFloat16);
    at::autocast::set_autocast_gpu_dtype(torch::kBFloat16);
    enable(true);
  }
  ~Autocast() {
    if (wanted_) enable(before_);
  }
  Autocast(const Autocast&) = delete;
  Autocast& operator=(const Autocast&) = delete;

 private:
  void enable(bool on) const {
    cpu_ ? at::autocast::set_cpu_enabled(on) : at::autocast::set_enabled(on);
  }
  bool wanted_, cpu_, before_;
};

}  // namespace

ResidualBlock::ResidualBlock(int width, double se_ratio) {
  const int hidden = std::max(1, static_cast<int>(std::floor(width * se_ratio)));
  conv1_ = register_module("conv1", convolution(width, width, 3));
  conv2_ = register_module("conv2", convolution(width, width, 3));
  fc1_ = register_module("fc1", nn::Linear(width, hidden));
  fc2_ = register_module("fc2", nn::Linear(hidden, width));
  nn::init::zeros_(conv2_->weight);
}

ResidualBlock::Output ResidualBlock::forward(const Tensor& input) {
  const Tensor activation = conv2_->forward(conv1_->forward(input).relu_());
  const Tensor squeezed = activation.mean({2, 3});
  const Tensor gates = fc2_->forward(fc1_->forward(squeezed).relu_()).sigmoid_();
  Tensor features = torch::addcmul(input, activation, gates.unsqueeze(2).unsqueeze(3));
  return {features.relu_(), activation, gates};
}

Network::Network(const NetworkOptions& options) : options_(options) {
  const int width = options.width;
  stem_ = register_module("stem", convolution(kPlanes, width, 3));
  for (int i = 0; i < options.depth; ++i) {
    blocks_.push_back(register_module("block" + std::to_string(i + 1),
                                      std::make_shared<ResidualBlock>(width, options.se_ratio)));
  }
  // Small logits at the start: the first policy is nearly uniform.
  switch (options.policy_head) {
    case PolicyHead::attention: {
      policy_ =
          register_module("policy", nn::Linear(width, 3 * attention_size(width) + kDropTypes));
      nn::init::normal_(policy_->weight, 0.0, 0.3 / std::sqrt(width));
      nn::init::zeros_(policy_->bias);
      offset_bias_ = register_parameter("offset_bias", torch::zeros({kOffsetBiases}));
      break;
    }
    case PolicyHead::convolutional:
      policy_ = register_module("policy", nn::Linear(width, kConvolutionalPlanes));
      nn::init::normal_(policy_->weight, 0.0, 0.01);
      nn::init::zeros_(policy_->bias);
      break;
    case PolicyHead::linear:
      policy_conv_ = register_module("policy_conv", convolution(width, kLinearHeadPlanes, 1));
      policy_ = register_module("policy", nn::Linear(kLinearHeadPlanes * kSquares, kActions));
      nn::init::normal_(policy_->weight, 0.0, 0.01);
      nn::init::zeros_(policy_->bias);
      break;
  }
  value_conv_ = register_module("value_conv", convolution(width, kValuePlanes, 1));
  value_hidden_ =
      register_module("value_hidden", nn::Linear(kValuePlanes * kSquares, kValueHidden));
  value_ = register_module("value", nn::Linear(kValueHidden, 1));
  nn::init::normal_(value_->weight, 0.0, 0.01);
  nn::init::zeros_(value_->bias);
  to_channels_last(*this);
}

Network::Output Network::forward(const Tensor& planes, const Tensor& offsets,
                                 const Tensor& actions) {
  const Autocast autocast(options_.precision, planes.device());
  const std::int64_t batch = planes.size(0);
  const Tensor input = planes.view({batch, kBoardSize, kBoardSize, kPlanes}).permute({0, 3, 1, 2});
  Tensor features = stem_->forward(input).relu_();
  Tensor activation = features;
  Tensor gates;
  for (const auto& block : blocks_) {
    ResidualBlock::Output output = block->forward(features);
    features = output.features;
    activation = output.activation;
    gates = output.gates;
  }
  const Tensor hidden = value_conv_->forward(features).relu_().flatten(1);
  const Tensor values =
      value_->forward(value_hidden_->forward(hidden).relu_()).to(torch::kFloat).tanh_();
  return {policy(features, offsets, actions), values.squeeze(1), activation, gates};
}

Tensor Network::policy(const Tensor& features, const Tensor& offsets, const Tensor& actions) {
  switch (options_.policy_head) {
    case PolicyHead::attention:
      return attention_logits(policy_->forward(by_square(features)).to(torch::kFloat), offset_bias_,
                              offsets, actions);
    case PolicyHead::convolutional:
      return convolutional_logits(by_square(features).to(torch::kFloat), policy_->weight,
                                  policy_->bias, offsets, actions);
    case PolicyHead::linear:
      break;
  }
  const Tensor planes = policy_conv_->forward(features).relu_().flatten(1);
  return linear_logits(planes.to(torch::kFloat), policy_->weight, policy_->bias, offsets, actions);
}

std::vector<std::pair<std::string, Tensor>> Network::stages(const Tensor& planes,
                                                            const Tensor& offsets,
                                                            const Tensor& actions) {
  const torch::NoGradGuard without_gradient;
  const Autocast autocast(options_.precision, planes.device());
  std::vector<std::pair<std::string, Tensor>> stages;
  const Tensor input =
      planes.view({planes.size(0), kBoardSize, kBoardSize, kPlanes}).permute({0, 3, 1, 2});
  Tensor features = stem_->forward(input).relu_();
  stages.emplace_back("the output of the stem", features);
  for (std::size_t i = 0; i < blocks_.size(); ++i) {
    features = blocks_[i]->forward(features).features;
    stages.emplace_back("the output of block " + std::to_string(i + 1), features);
  }
  stages.emplace_back("the policy's logits", policy(features, offsets, actions));
  stages.emplace_back("the values", forward(planes, offsets, actions).values);
  return stages;
}

std::int64_t Network::parameter_count() const {
  std::int64_t count = 0;
  for (const Tensor& parameter : parameters()) count += parameter.numel();
  return count;
}

torch::Device Network::device() const { return stem_->weight.device(); }

}  // namespace keisei::rl

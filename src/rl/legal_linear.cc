#include <torch/torch.h>

#include "rl/legal_policy.h"
#include "rl/simd_loops.h"

namespace keisei::rl {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::tensor_list;

class LinearLogits : public Function<LinearLogits> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& features, const Tensor& weight,
                        const Tensor& bias, const Tensor& offsets, const Tensor& actions) {
    context->save_for_backward({features, weight, offsets, actions});
    Tensor logits = torch::empty({actions.numel()}, features.options());
    const std::int64_t n = features.size(1);
    const auto* begin = offsets.data_ptr<std::int32_t>();
    const auto* action = actions.data_ptr<std::int32_t>();
    AT_DISPATCH_FLOATING_TYPES(features.scalar_type(), "linear_logits", [&] {
      const auto* f = features.data_ptr<scalar_t>();
      const auto* w = weight.data_ptr<scalar_t>();
      const auto* c = bias.data_ptr<scalar_t>();
      auto* out = logits.data_ptr<scalar_t>();
      for (std::int64_t b = 0; b < features.size(0); ++b) {
        for (std::int32_t l = begin[b]; l < begin[b + 1]; ++l) {
          out[l] = c[action[l]] + dot(f + b * n, w + action[l] * n, n);
        }
      }
    });
    return logits;
  }

  static tensor_list backward(AutogradContext* context, tensor_list grads) {
    const auto saved = context->get_saved_variables();
    const Tensor &features = saved[0], &weight = saved[1], &offsets = saved[2], &actions = saved[3];
    const Tensor grad = grads[0].contiguous();
    Tensor features_grad = torch::zeros_like(features);
    Tensor weight_grad = torch::zeros_like(weight);
    Tensor bias_grad = torch::zeros({weight.size(0)}, weight.options());
    const std::int64_t n = features.size(1);
    const auto* begin = offsets.data_ptr<std::int32_t>();
    const auto* action = actions.data_ptr<std::int32_t>();
    AT_DISPATCH_FLOATING_TYPES(features.scalar_type(), "linear_logits_backward", [&] {
      const auto* f = features.data_ptr<scalar_t>();
      const auto* w = weight.data_ptr<scalar_t>();
      const auto* g = grad.data_ptr<scalar_t>();
      auto* df = features_grad.data_ptr<scalar_t>();
      auto* dw = weight_grad.data_ptr<scalar_t>();
      auto* dc = bias_grad.data_ptr<scalar_t>();
      for (std::int64_t b = 0; b < features.size(0); ++b) {
        for (std::int32_t l = begin[b]; l < begin[b + 1]; ++l) {
          add_scaled(df + b * n, w + action[l] * n, g[l], n);
          add_scaled(dw + action[l] * n, f + b * n, g[l], n);
          dc[action[l]] += g[l];
        }
      }
    });
    return {features_grad, weight_grad, bias_grad, Tensor(), Tensor()};
  }
};

}  // namespace

Tensor linear_logits(const Tensor& features, const Tensor& weight, const Tensor& bias,
                     const Tensor& offsets, const Tensor& actions) {
  return LinearLogits::apply(features.contiguous(), weight, bias, offsets, actions);
}

}  // namespace keisei::rl

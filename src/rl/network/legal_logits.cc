#include <torch/autograd.h>
#include <torch/types.h>

#include <cstdint>

#include "rl/encoding/action_parts.h"
#include "rl/encoding/encoding.h"
#include "rl/network/legal_policy.h"
#include "rl/network/simd_loops.h"
#include "rl/network/tensor_policy.h"

namespace keisei::rl {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::tensor_list;

// Calls visit(position, legal move, action) for every legal move of the batch.
template <class Visit>
void for_each_legal(const Tensor& offsets, const Tensor& actions, Visit visit) {
  const auto* begin = offsets.data_ptr<std::int32_t>();
  const auto* action = actions.data_ptr<std::int32_t>();
  for (std::int64_t b = 0; b + 1 < offsets.numel(); ++b) {
    for (std::int32_t l = begin[b]; l < begin[b + 1]; ++l) visit(b, l, action[l]);
  }
}

// Two heads give a move the product of a row of features and a row of weights, and a bias.
struct Rows {
  std::int64_t features, weight;
};
struct ConvolutionalRows {
  static Rows of(std::int64_t position, std::int32_t action) {
    const ActionParts& a = parts_of(action);
    return {position * kSquares + (a.from < 0 ? a.to : a.from), a.plane};
  }
};
struct LinearRows {
  static Rows of(std::int64_t position, std::int32_t action) { return {position, action}; }
};

template <class Head>
class RowLogits : public Function<RowLogits<Head>> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& features, const Tensor& weight,
                        const Tensor& bias, const Tensor& offsets, const Tensor& actions) {
    context->save_for_backward({features, weight, offsets, actions});
    Tensor logits = torch::empty({actions.numel()}, features.options());
    const std::int64_t n = weight.size(1);
    AT_DISPATCH_FLOATING_TYPES(features.scalar_type(), "row_logits", [&] {
      const auto* f = features.data_ptr<scalar_t>();
      const auto* w = weight.data_ptr<scalar_t>();
      const auto* c = bias.data_ptr<scalar_t>();
      auto* out = logits.data_ptr<scalar_t>();
      for_each_legal(offsets, actions, [&](std::int64_t b, std::int32_t l, std::int32_t action) {
        const Rows row = Head::of(b, action);
        out[l] = c[row.weight] + dot(f + row.features * n, w + row.weight * n, n);
      });
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
    const std::int64_t n = weight.size(1);
    AT_DISPATCH_FLOATING_TYPES(features.scalar_type(), "row_logits_backward", [&] {
      const auto* f = features.data_ptr<scalar_t>();
      const auto* w = weight.data_ptr<scalar_t>();
      const auto* g = grad.data_ptr<scalar_t>();
      auto* df = features_grad.data_ptr<scalar_t>();
      auto* dw = weight_grad.data_ptr<scalar_t>();
      auto* dc = bias_grad.data_ptr<scalar_t>();
      for_each_legal(offsets, actions, [&](std::int64_t b, std::int32_t l, std::int32_t action) {
        const Rows row = Head::of(b, action);
        add_scaled(df + row.features * n, w + row.weight * n, g[l], n);
        add_scaled(dw + row.weight * n, f + row.features * n, g[l], n);
        dc[row.weight] += g[l];
      });
    });
    return {features_grad, weight_grad, bias_grad, Tensor(), Tensor()};
  }
};

class AttentionLogits : public Function<AttentionLogits> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& projections,
                        const Tensor& offset_bias, const Tensor& offsets, const Tensor& actions) {
    context->save_for_backward({projections, offset_bias, offsets, actions});
    Tensor logits = torch::empty({actions.numel()}, projections.options());
    const std::int64_t stride = projections.size(2);
    const std::int64_t d = (stride - kDropTypes) / 3;
    AT_DISPATCH_FLOATING_TYPES(projections.scalar_type(), "attention_logits", [&] {
      const auto* x = projections.data_ptr<scalar_t>();
      const auto* r = offset_bias.data_ptr<scalar_t>();
      auto* out = logits.data_ptr<scalar_t>();
      for_each_legal(offsets, actions, [&](std::int64_t b, std::int32_t l, std::int32_t action) {
        const ActionParts& a = parts_of(action);
        const auto* to = x + (b * kSquares + a.to) * stride;
        if (a.from < 0) {
          out[l] = to[3 * d + a.plane - kMovesPerSquare];
          return;
        }
        const auto* from = x + (b * kSquares + a.from) * stride;
        out[l] = dot(from + a.promotion * d, to + 2 * d, d) + r[a.offset];
      });
    });
    return logits;
  }

  static tensor_list backward(AutogradContext* context, tensor_list grads) {
    const auto saved = context->get_saved_variables();
    const Tensor &projections = saved[0], &offset_bias = saved[1], &offsets = saved[2],
                 &actions = saved[3];
    const Tensor grad = grads[0].contiguous();
    Tensor projections_grad = torch::zeros_like(projections);
    Tensor bias_grad = torch::zeros_like(offset_bias);
    const std::int64_t stride = projections.size(2);
    const std::int64_t d = (stride - kDropTypes) / 3;
    AT_DISPATCH_FLOATING_TYPES(projections.scalar_type(), "attention_logits_backward", [&] {
      const auto* x = projections.data_ptr<scalar_t>();
      const auto* g = grad.data_ptr<scalar_t>();
      auto* dx = projections_grad.data_ptr<scalar_t>();
      auto* dr = bias_grad.data_ptr<scalar_t>();
      for_each_legal(offsets, actions, [&](std::int64_t b, std::int32_t l, std::int32_t action) {
        const ActionParts& a = parts_of(action);
        const std::int64_t to = (b * kSquares + a.to) * stride;
        if (a.from < 0) {
          dx[to + 3 * d + a.plane - kMovesPerSquare] += g[l];
          return;
        }
        const std::int64_t from = (b * kSquares + a.from) * stride + a.promotion * d;
        add_scaled(dx + from, x + to + 2 * d, g[l], d);
        add_scaled(dx + to + 2 * d, x + from, g[l], d);
        dr[a.offset] += g[l];
      });
    });
    return {projections_grad, bias_grad, Tensor(), Tensor()};
  }
};

}  // namespace

Tensor convolutional_logits(const Tensor& features, const Tensor& weight, const Tensor& bias,
                            const Tensor& offsets, const Tensor& actions) {
  if (!features.is_cpu()) {
    return tensor_policy::convolutional_logits(features, weight, bias, offsets, actions);
  }
  return RowLogits<ConvolutionalRows>::apply(features, weight, bias, offsets, actions);
}

Tensor attention_logits(const Tensor& projections, const Tensor& offset_bias, const Tensor& offsets,
                        const Tensor& actions) {
  if (!projections.is_cpu()) {
    return tensor_policy::attention_logits(projections, offset_bias, offsets, actions);
  }
  return AttentionLogits::apply(projections, offset_bias, offsets, actions);
}

Tensor linear_logits(const Tensor& features, const Tensor& weight, const Tensor& bias,
                     const Tensor& offsets, const Tensor& actions) {
  if (!features.is_cpu()) {
    return tensor_policy::linear_logits(features, weight, bias, offsets, actions);
  }
  return RowLogits<LinearRows>::apply(features.contiguous(), weight, bias, offsets, actions);
}

}  // namespace keisei::rl

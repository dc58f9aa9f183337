#include "rl/legal_policy.h"

#include <torch/torch.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>

#include "rl/encoding.h"
#include "rl/simd_loops.h"

namespace keisei::rl {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::tensor_list;

// An action taken apart, in the mover's frame.
struct ActionParts {
  std::int16_t from;  // -1: drop
  std::int16_t to;
  std::int16_t plane;   // of the convolutional head, at `from`, or at `to` for drops
  std::int16_t offset;  // index of the offset bias
  std::int16_t promotion;
};

std::array<ActionParts, kActions> take_apart() {
  std::array<ActionParts, kActions> parts{};
  for (int action = 0; action < kActions; ++action) {
    ActionParts& p = parts[static_cast<std::size_t>(action)];
    if (action >= kBoardActions) {
      const int drop = action - kBoardActions;
      p = {-1, static_cast<std::int16_t>(drop / kDropTypes),
           static_cast<std::int16_t>(kMovesPerSquare + drop % kDropTypes), 0, 0};
      continue;
    }
    const int from = action / kMovesPerSquare;
    const int rest = action % kMovesPerSquare;
    const int to = rest / 2 + (rest / 2 >= from ? 1 : 0);
    const int rows = to / kBoardSize - from / kBoardSize + 8;
    const int columns = to % kBoardSize - from % kBoardSize + 8;
    p = {static_cast<std::int16_t>(from), static_cast<std::int16_t>(to),
         static_cast<std::int16_t>(rest),
         static_cast<std::int16_t>((rows * 17 + columns) * 2 + rest % 2),
         static_cast<std::int16_t>(rest % 2)};
  }
  return parts;
}

const ActionParts& parts_of(std::int32_t action) {
  static const std::array<ActionParts, kActions> parts = take_apart();
  return parts[static_cast<std::size_t>(action)];
}

// Calls visit(position, legal move, action) for every legal move of the batch.
template <class Visit>
void for_each_legal(const Tensor& offsets, const Tensor& actions, Visit visit) {
  const auto* begin = offsets.data_ptr<std::int32_t>();
  const auto* action = actions.data_ptr<std::int32_t>();
  for (std::int64_t b = 0; b + 1 < offsets.numel(); ++b) {
    for (std::int32_t l = begin[b]; l < begin[b + 1]; ++l) visit(b, l, parts_of(action[l]));
  }
}

class ConvolutionalLogits : public Function<ConvolutionalLogits> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& features, const Tensor& weight,
                        const Tensor& bias, const Tensor& offsets, const Tensor& actions) {
    context->save_for_backward({features, weight, offsets, actions});
    Tensor logits = torch::empty({actions.numel()}, features.options());
    const std::int64_t channels = features.size(2);
    AT_DISPATCH_FLOATING_TYPES(features.scalar_type(), "convolutional_logits", [&] {
      const auto* f = features.data_ptr<scalar_t>();
      const auto* w = weight.data_ptr<scalar_t>();
      const auto* c = bias.data_ptr<scalar_t>();
      auto* out = logits.data_ptr<scalar_t>();
      for_each_legal(offsets, actions, [&](std::int64_t b, std::int32_t l, const ActionParts& a) {
        const int square = a.from < 0 ? a.to : a.from;
        out[l] = c[a.plane] +
                 dot(f + (b * kSquares + square) * channels, w + a.plane * channels, channels);
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
    const std::int64_t channels = features.size(2);
    AT_DISPATCH_FLOATING_TYPES(features.scalar_type(), "convolutional_logits_backward", [&] {
      const auto* f = features.data_ptr<scalar_t>();
      const auto* w = weight.data_ptr<scalar_t>();
      const auto* g = grad.data_ptr<scalar_t>();
      auto* df = features_grad.data_ptr<scalar_t>();
      auto* dw = weight_grad.data_ptr<scalar_t>();
      auto* dc = bias_grad.data_ptr<scalar_t>();
      for_each_legal(offsets, actions, [&](std::int64_t b, std::int32_t l, const ActionParts& a) {
        const int square = a.from < 0 ? a.to : a.from;
        const std::int64_t at = (b * kSquares + square) * channels;
        add_scaled(df + at, w + a.plane * channels, g[l], channels);
        add_scaled(dw + a.plane * channels, f + at, g[l], channels);
        dc[a.plane] += g[l];
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
      for_each_legal(offsets, actions, [&](std::int64_t b, std::int32_t l, const ActionParts& a) {
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
      for_each_legal(offsets, actions, [&](std::int64_t b, std::int32_t l, const ActionParts& a) {
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

// Log-softmax of one position's logits; the answer is its entropy.
template <class T>
T log_softmax(const T* logits, T* out, std::int32_t n) {
  const T highest = *std::max_element(logits, logits + n);
  T sum = 0;
  for (std::int32_t i = 0; i < n; ++i) sum += std::exp(logits[i] - highest);
  const T log_sum = highest + std::log(sum);
  T entropy = 0;
  for (std::int32_t i = 0; i < n; ++i) {
    out[i] = logits[i] - log_sum;
    entropy -= std::exp(out[i]) * out[i];
  }
  return std::max(entropy, T{0});
}

class ChosenMovesFunction : public Function<ChosenMovesFunction> {
 public:
  static tensor_list forward(AutogradContext* context, const Tensor& logits, const Tensor& offsets,
                             const Tensor& chosen) {
    Tensor all = torch::empty_like(logits);
    Tensor log_probabilities = torch::empty({chosen.numel()}, logits.options());
    Tensor entropies = torch::empty({chosen.numel()}, logits.options());
    const auto* begin = offsets.data_ptr<std::int32_t>();
    const auto* choice = chosen.data_ptr<std::int32_t>();
    AT_DISPATCH_FLOATING_TYPES(logits.scalar_type(), "chosen_moves", [&] {
      const auto* in = logits.data_ptr<scalar_t>();
      auto* out = all.data_ptr<scalar_t>();
      for (std::int64_t b = 0; b < chosen.numel(); ++b) {
        entropies.data_ptr<scalar_t>()[b] =
            log_softmax(in + begin[b], out + begin[b], begin[b + 1] - begin[b]);
        log_probabilities.data_ptr<scalar_t>()[b] = out[begin[b] + choice[b]];
      }
    });
    context->save_for_backward({all, entropies, offsets, chosen});
    return {log_probabilities, entropies};
  }

  // d log p(c) / d z_i = [i = c] - p_i;   d H / d z_i = -p_i (log p_i + H).
  static tensor_list backward(AutogradContext* context, tensor_list grads) {
    const auto saved = context->get_saved_variables();
    const Tensor &all = saved[0], &entropies = saved[1], &offsets = saved[2], &chosen = saved[3];
    const Tensor of_log_probability =
        grads[0].defined() ? grads[0].contiguous() : torch::zeros_like(entropies);
    const Tensor of_entropy =
        grads[1].defined() ? grads[1].contiguous() : torch::zeros_like(entropies);
    Tensor logits_grad = torch::empty_like(all);
    const auto* begin = offsets.data_ptr<std::int32_t>();
    const auto* choice = chosen.data_ptr<std::int32_t>();
    AT_DISPATCH_FLOATING_TYPES(all.scalar_type(), "chosen_moves_backward", [&] {
      const auto* log_p = all.data_ptr<scalar_t>();
      auto* out = logits_grad.data_ptr<scalar_t>();
      for (std::int64_t b = 0; b < chosen.numel(); ++b) {
        const scalar_t g = of_log_probability.data_ptr<scalar_t>()[b];
        const scalar_t h = of_entropy.data_ptr<scalar_t>()[b];
        const scalar_t entropy = entropies.data_ptr<scalar_t>()[b];
        for (std::int32_t l = begin[b]; l < begin[b + 1]; ++l) {
          out[l] = -std::exp(log_p[l]) * (g + h * (log_p[l] + entropy));
        }
        out[begin[b] + choice[b]] += g;
      }
    });
    return {logits_grad, Tensor(), Tensor()};
  }
};

// KL(reference || policy) per position; its gradient by a logit is p_i - r_i.
class Divergence : public Function<Divergence> {
 public:
  static Tensor forward(AutogradContext* context, const Tensor& logits, const Tensor& reference,
                        const Tensor& offsets) {
    Tensor all = torch::empty_like(logits);
    const std::int64_t positions = offsets.numel() - 1;
    Tensor divergences = torch::empty({positions}, logits.options());
    const auto* begin = offsets.data_ptr<std::int32_t>();
    AT_DISPATCH_FLOATING_TYPES(logits.scalar_type(), "divergence", [&] {
      const auto* in = logits.data_ptr<scalar_t>();
      const auto* log_r = reference.data_ptr<scalar_t>();
      auto* out = all.data_ptr<scalar_t>();
      for (std::int64_t b = 0; b < positions; ++b) {
        log_softmax(in + begin[b], out + begin[b], begin[b + 1] - begin[b]);
        scalar_t sum = 0;
        for (std::int32_t l = begin[b]; l < begin[b + 1]; ++l) {
          sum += std::exp(log_r[l]) * (log_r[l] - out[l]);
        }
        divergences.data_ptr<scalar_t>()[b] = sum;
      }
    });
    context->save_for_backward({all, reference, offsets});
    return divergences;
  }

  static tensor_list backward(AutogradContext* context, tensor_list grads) {
    const auto saved = context->get_saved_variables();
    const Tensor &all = saved[0], &reference = saved[1], &offsets = saved[2];
    const Tensor grad = grads[0].contiguous();
    Tensor logits_grad = torch::empty_like(all);
    const auto* begin = offsets.data_ptr<std::int32_t>();
    AT_DISPATCH_FLOATING_TYPES(all.scalar_type(), "divergence_backward", [&] {
      const auto* log_p = all.data_ptr<scalar_t>();
      const auto* log_r = reference.data_ptr<scalar_t>();
      const auto* g = grad.data_ptr<scalar_t>();
      auto* out = logits_grad.data_ptr<scalar_t>();
      for (std::int64_t b = 0; b + 1 < offsets.numel(); ++b) {
        for (std::int32_t l = begin[b]; l < begin[b + 1]; ++l) {
          out[l] = g[b] * (std::exp(log_p[l]) - std::exp(log_r[l]));
        }
      }
    });
    return {logits_grad, Tensor(), Tensor()};
  }
};

}  // namespace

Tensor convolutional_logits(const Tensor& features, const Tensor& weight, const Tensor& bias,
                            const Tensor& offsets, const Tensor& actions) {
  return ConvolutionalLogits::apply(features, weight, bias, offsets, actions);
}

Tensor attention_logits(const Tensor& projections, const Tensor& offset_bias, const Tensor& offsets,
                        const Tensor& actions) {
  return AttentionLogits::apply(projections, offset_bias, offsets, actions);
}

ChosenMoves chosen_moves(const Tensor& logits, const Tensor& offsets, const Tensor& chosen) {
  const tensor_list result = ChosenMovesFunction::apply(logits, offsets, chosen);
  return {result[0], result[1]};
}

Tensor divergence(const Tensor& logits, const Tensor& reference, const Tensor& offsets) {
  return Divergence::apply(logits, reference, offsets);
}

Tensor legal_log_softmax(const Tensor& logits, const Tensor& offsets) {
  Tensor result = torch::empty_like(logits);
  const auto* begin = offsets.data_ptr<std::int32_t>();
  AT_DISPATCH_FLOATING_TYPES(logits.scalar_type(), "legal_log_softmax", [&] {
    for (std::int64_t b = 0; b + 1 < offsets.numel(); ++b) {
      log_softmax(logits.data_ptr<scalar_t>() + begin[b], result.data_ptr<scalar_t>() + begin[b],
                  begin[b + 1] - begin[b]);
    }
  });
  return result;
}

}  // namespace keisei::rl

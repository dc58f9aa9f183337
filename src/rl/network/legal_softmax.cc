#include "rl/network/legal_policy.h"

#include <torch/autograd.h>
#include <torch/types.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "rl/network/tensor_policy.h"

namespace keisei::rl {
namespace {

using torch::Tensor;
using torch::autograd::AutogradContext;
using torch::autograd::Function;
using torch::autograd::tensor_list;

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

ChosenMoves chosen_moves(const Tensor& logits, const Tensor& offsets, const Tensor& chosen) {
  if (!logits.is_cpu()) return tensor_policy::chosen_moves(logits, offsets, chosen);
  const tensor_list result = ChosenMovesFunction::apply(logits, offsets, chosen);
  return {result[0], result[1]};
}

Tensor divergence(const Tensor& logits, const Tensor& reference, const Tensor& offsets) {
  if (!logits.is_cpu()) return tensor_policy::divergence(logits, reference, offsets);
  return Divergence::apply(logits, reference, offsets);
}

Tensor legal_log_softmax(const Tensor& logits, const Tensor& offsets) {
  if (!logits.is_cpu()) return tensor_policy::log_softmax(logits.detach(), offsets);
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

#include "rl/ppo/ppo_loss.h"

#include <torch/utils.h>

namespace keisei::rl {

PpoLoss ppo_loss(const PpoTerms& terms, const PpoOptions& options) {
  using torch::Tensor;
  const double epsilon = options.clip_epsilon;
  const Tensor log_ratio = terms.log_probabilities - terms.old_log_probabilities;
  const Tensor ratio = log_ratio.exp();
  const Tensor clipped_ratio = ratio.clamp(1 - epsilon, 1 + epsilon);

  PpoLoss loss;
  loss.policy = -torch::min(ratio * terms.advantages, clipped_ratio * terms.advantages).sum();
  Tensor squared_error = (terms.values - terms.targets).square();
  if (options.value_clip > 0) {
    const Tensor step =
        (terms.values - terms.old_values).clamp(-options.value_clip, options.value_clip);
    squared_error = torch::max(squared_error, (terms.old_values + step - terms.targets).square());
  }
  loss.value = 0.5 * squared_error.sum();
  loss.entropy = terms.entropies.sum();
  loss.total = loss.policy + options.value_coefficient * loss.value -
               options.entropy_coefficient * loss.entropy;
  if (terms.divergences.defined()) {
    loss.divergence = terms.divergences.sum();
    loss.total = loss.total + options.kl_penalty * loss.divergence;
  }
  const torch::NoGradGuard without_gradient;
  loss.kl = (ratio - 1 - log_ratio).sum();
  loss.clipped = ((ratio - 1).abs() > epsilon).sum();
  return loss;
}

}  // namespace keisei::rl

#include "rl/ppo/gae.h"

#include <cassert>

namespace keisei::rl {

void negamax_gae(std::span<const GaeStep> steps, float value_after, float gamma, float lambda,
                 std::span<float> advantages) {
  assert(steps.size() == advantages.size());
  float next_value = value_after;
  float next_advantage = 0;
  for (std::size_t i = steps.size(); i-- > 0;) {
    const GaeStep& step = steps[i];
    const float going_on = step.game_over ? 0.0F : 1.0F;
    const float delta = step.reward - going_on * gamma * next_value - step.value;
    advantages[i] = delta - going_on * gamma * lambda * next_advantage;
    next_value = step.value;
    next_advantage = advantages[i];
  }
}

}  // namespace keisei::rl

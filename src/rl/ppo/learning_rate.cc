#include "rl/ppo/learning_rate.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace keisei::rl {
namespace {

// Gentle enough that one noisy estimate of the KL divergence changes little.
constexpr double kAdaptFactor = 1.15;

}  // namespace

LearningRate::LearningRate(const PpoOptions& options)
    : options_(options), current_(options.learning_rate) {}

double LearningRate::at(std::int64_t global_step) const {
  const double high = options_.learning_rate, low = options_.learning_rate_min;
  const double done = std::clamp(
      static_cast<double>(global_step) / static_cast<double>(options_.schedule_steps), 0.0, 1.0);
  switch (options_.schedule) {
    case Schedule::constant:
      return high;
    case Schedule::linear:
      return high + (low - high) * done;
    case Schedule::cosine:
      return low + (high - low) * 0.5 * (1 + std::cos(std::numbers::pi * done));
    case Schedule::adaptive:
      break;
  }
  return current_;
}

void LearningRate::adapt(double kl) {
  if (options_.schedule != Schedule::adaptive || options_.target_kl <= 0) return;
  if (kl > 1.25 * options_.target_kl) current_ /= kAdaptFactor;
  if (kl < 0.8 * options_.target_kl) current_ *= kAdaptFactor;
  current_ = std::clamp(current_, options_.learning_rate_min, options_.learning_rate);
}

}  // namespace keisei::rl

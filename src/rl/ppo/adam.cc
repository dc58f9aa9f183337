#include "rl/ppo/adam.h"

#include <algorithm>
#include <cmath>

namespace keisei::rl {

void adam_update(const AdamStep& step, float* parameters, const float* gradient, float* mean,
                 float* square, std::size_t n) {
  const auto steps = static_cast<double>(step.step);
  const auto rate = static_cast<float>(step.learning_rate / (1 - std::pow(step.beta1, steps)));
  const auto root = static_cast<float>(1 / std::sqrt(1 - std::pow(step.beta2, steps)));
  const auto beta1 = static_cast<float>(step.beta1), beta2 = static_cast<float>(step.beta2);
  const auto rest1 = static_cast<float>(1 - step.beta1), rest2 = static_cast<float>(1 - step.beta2);
  const auto epsilon = static_cast<float>(step.epsilon);
  const auto scale = static_cast<float>(step.grad_scale);
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) {
    const float g = scale * gradient[i];
    mean[i] = beta1 * mean[i] + rest1 * g;
    square[i] = beta2 * square[i] + rest2 * g * g;
    parameters[i] -= rate * mean[i] / (std::sqrt(square[i]) * root + epsilon);
  }
}

void add(float* to, const float* from, std::size_t n) {
#pragma omp simd
  for (std::size_t i = 0; i < n; ++i) to[i] += from[i];
}

double sum_of_squares(const float* values, std::size_t n) {
  // Short sums in float, so that the loop is vectorised; long ones in double, so that they are
  // good.
  constexpr std::size_t kShort = 1024;
  double total = 0;
  for (std::size_t begin = 0; begin < n; begin += kShort) {
    const std::size_t end = std::min(n, begin + kShort);
    float sum = 0;
#pragma omp simd reduction(+ : sum)
    for (std::size_t i = begin; i < end; ++i) sum += values[i] * values[i];
    total += sum;
  }
  return total;
}

}  // namespace keisei::rl

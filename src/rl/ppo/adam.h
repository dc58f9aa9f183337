#pragma once

#include <cstddef>
#include <cstdint>

namespace keisei::rl {

/// One step of Adam (Kingma and Ba, 2015) with bias correction, as torch::optim::Adam does it.
struct AdamStep {
  double learning_rate = 1e-3;
  double beta1 = 0.9, beta2 = 0.999;
  double epsilon = 1e-8;
  std::int64_t step = 1;  // counted from 1
  double grad_scale = 1;  // multiplies the gradient first
};

/// Updates n parameters and their two moments in one pass over memory: for large layers and small
/// minibatches the optimiser would otherwise cost more than the network.
void adam_update(const AdamStep& step, float* parameters, const float* gradient, float* mean,
                 float* square, std::size_t n);

/// to += from, and the sum of squares of a vector.
void add(float* to, const float* from, std::size_t n);
double sum_of_squares(const float* values, std::size_t n);

}  // namespace keisei::rl

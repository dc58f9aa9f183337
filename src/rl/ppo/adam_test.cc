#include "rl/ppo/adam.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

namespace keisei::rl {
namespace {

// The algorithm of the paper, in doubles, one number at a time.
struct Reference {
  double parameter, mean = 0, square = 0;

  void step(double gradient, double rate, int t) {
    mean = 0.9 * mean + 0.1 * gradient;
    square = 0.999 * square + 0.001 * gradient * gradient;
    const double m = mean / (1 - std::pow(0.9, t)), v = square / (1 - std::pow(0.999, t));
    parameter -= rate * m / (std::sqrt(v) + 1e-5);
  }
};

TEST(Adam, FollowsThePaper) {
  constexpr std::size_t kCount = 19;  // not a multiple of any vector's width
  std::vector<float> parameters(kCount), mean(kCount), square(kCount), gradient(kCount);
  std::vector<Reference> expected;
  for (std::size_t i = 0; i < kCount; ++i) {
    parameters[i] = 0.1F * static_cast<float>(i) - 1;
    expected.push_back({parameters[i]});
  }
  for (int t = 1; t <= 5; ++t) {
    for (std::size_t i = 0; i < kCount; ++i) {
      gradient[i] = std::sin(static_cast<float>(i) * static_cast<float>(t));
      expected[i].step(0.5 * gradient[i], 0.01, t);
    }
    adam_update({.learning_rate = 0.01, .epsilon = 1e-5, .step = t, .grad_scale = 0.5},
                parameters.data(), gradient.data(), mean.data(), square.data(), kCount);
  }
  for (std::size_t i = 0; i < kCount; ++i) {
    EXPECT_NEAR(parameters[i], expected[i].parameter, 2e-6) << i;
  }
}

TEST(Adam, SumsOfSquaresAreGoodForManyNumbers) {
  const std::vector<float> values(1'000'000, 0.1F);
  // A compiler that does not vectorise the short sums rounds each of their 1 024 steps.
  constexpr double kTolerance = 10'000 * 1024 * 0.5 * std::numeric_limits<float>::epsilon();
  EXPECT_NEAR(sum_of_squares(values.data(), values.size()), 10'000, kTolerance);
}

}  // namespace
}  // namespace keisei::rl

#include "rl/ppo/learning_rate.h"

#include <gtest/gtest.h>

namespace keisei::rl {
namespace {

TEST(LearningRate, AdaptsToTheKlDivergenceWithinItsBounds) {
  LearningRate rate({.learning_rate = 1e-3,
                     .schedule = Schedule::adaptive,
                     .learning_rate_min = 1e-4,
                     .target_kl = 0.01});
  rate.adapt(0.001);
  EXPECT_EQ(rate.at(0), 1e-3);
  rate.adapt(0.05);
  EXPECT_LT(rate.at(0), 1e-3);
  for (int i = 0; i < 100; ++i) rate.adapt(0.05);
  EXPECT_EQ(rate.at(0), 1e-4);
}

TEST(LearningRate, FallsLinearlyToItsMinimum) {
  const LearningRate rate({.learning_rate = 1e-3,
                           .schedule = Schedule::linear,
                           .schedule_steps = 1000,
                           .learning_rate_min = 1e-4});
  EXPECT_NEAR(rate.at(500), 5.5e-4, 1e-12);
  EXPECT_NEAR(rate.at(5000), 1e-4, 1e-12);
}

}  // namespace
}  // namespace keisei::rl

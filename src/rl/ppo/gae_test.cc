#include "rl/ppo/gae.h"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace keisei::rl {
namespace {

std::vector<float> advantages(const std::vector<GaeStep>& steps, float value_after, float gamma,
                              float lambda) {
  std::vector<float> result(steps.size());
  negamax_gae(steps, value_after, gamma, lambda, result);
  return result;
}

// By hand, gamma 0.9, lambda 0.5, so that gamma lambda = 0.45:
//   ply 2, Black mates: delta = 1 - 0.5                 =  0.5,   advantage  0.5
//   ply 1, White:       delta = 0 - 0.9 * 0.5 - (-0.2)  = -0.25,  advantage -0.25 - 0.45 * 0.5 =
//   -0.475 ply 0, Black:       delta = 0 - 0.9 * (-0.2) - 0.1  =  0.08,  advantage 0.08 + 0.45 *
//   0.475 = 0.29375
TEST(NegamaxGae, AgreesWithAGameOfThreePliesDoneByHand) {
  const auto result =
      advantages({{0, 0.1F, false}, {0, -0.2F, false}, {1, 0.5F, true}}, 0.7F, 0.9F, 0.5F);
  EXPECT_NEAR(result[2], 0.5, 1e-6);
  EXPECT_NEAR(result[1], -0.475, 1e-6);
  EXPECT_NEAR(result[0], 0.29375, 1e-6);
}

// delta = 0 - 0.9 * 0.7 - 0.1: what is good for the opponent, who moves next, is bad for the mover.
TEST(NegamaxGae, NegatesTheValueAfterATruncatedRollout) {
  EXPECT_NEAR(advantages({{0, 0.1F, false}}, 0.7F, 0.9F, 0.5F)[0], -0.73, 1e-6);
}

TEST(NegamaxGae, KeepsGamesApart) {
  const std::vector<GaeStep> alone{{0, 0.1F, false}, {-1, 0.2F, true}};
  std::vector<GaeStep> followed = alone;
  followed.push_back({0.3F, 0.9F, false});
  const auto expected = advantages(alone, 0, 0.99F, 0.95F);
  const auto result = advantages(followed, 0.4F, 0.99F, 0.95F);
  EXPECT_EQ(result[0], expected[0]);
  EXPECT_EQ(result[1], expected[1]);
}

TEST(NegamaxGae, WithLambdaOneIsTheReturnMinusTheValue) {
  const float gamma = 0.9F;
  const auto result = advantages(
      {{0, 0.3F, false}, {0, 0.1F, false}, {0, -0.6F, false}, {1, 0.2F, true}}, 0, gamma, 1);
  EXPECT_NEAR(result[0], -gamma * gamma * gamma - 0.3, 1e-6);
  EXPECT_NEAR(result[1], gamma * gamma - 0.1, 1e-6);
}

}  // namespace
}  // namespace keisei::rl

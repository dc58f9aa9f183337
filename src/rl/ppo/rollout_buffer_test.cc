#include "rl/ppo/rollout_buffer.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "rl/selfplay/environment.h"

namespace keisei::rl {
namespace {

const std::vector<std::int32_t> kOne{7};
const std::vector<std::int32_t> kWidest(shogi::MoveList::kMostLegalMoves, 8);

TEST(RolloutBuffer, KeepsTheLegalActionsOfEachSample) {
  RolloutBuffer rollout(2, 2);
  rollout.begin(1);
  rollout.add(1, 0, kWidest);
  rollout.add(1, 1, kOne);
  EXPECT_EQ(rollout.actions(2).size(), kWidest.size());
  EXPECT_EQ(rollout.actions(2).back(), 8);
  ASSERT_EQ(rollout.actions(3).size(), 1U);
  EXPECT_EQ(rollout.actions(3).front(), 7);
}

// What a run keeps in memory must not depend on the games that it meets: see docs/memory.md.
TEST(RolloutBuffer, TakesNoMoreMemoryForTheWidestPositions) {
  constexpr int kSteps = 64;
  RolloutBuffer rollout(1, kSteps);
  rollout.begin(0);
  rollout.add(0, 0, kOne);
  const std::uint16_t* const at = rollout.actions(0).data();
  rollout.begin(0);
  for (int step = 0; step < kSteps; ++step) rollout.add(0, step, kWidest);
  EXPECT_EQ(rollout.actions(0).data(), at);
  EXPECT_EQ(rollout.actions(kSteps - 1).back(), 8);
}

TEST(PositionBatch, TakesNoMoreMemoryForTheWidestPositions) {
  constexpr int kPositions = 64;
  PositionBatch batch;
  batch.clear(kPositions);
  const auto actions = batch.actions.capacity();
  const auto offsets = batch.offsets.capacity();
  for (int i = 0; i < kPositions; ++i) {
    batch.actions.insert(batch.actions.end(), kWidest.begin(), kWidest.end());
    batch.end_position();
  }
  EXPECT_EQ(batch.actions.capacity(), actions);
  EXPECT_EQ(batch.offsets.capacity(), offsets);
  EXPECT_EQ(batch.size(), kPositions);
}

TEST(Environment, TakesNoMoreMemoryForTheLongestGame) {
  Environment environment(1, {.max_plies = 300});
  EXPECT_GE(environment.forecasts.capacity(), 300U);
}

}  // namespace
}  // namespace keisei::rl

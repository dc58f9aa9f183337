#include "studio/milestones/ladder.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include <vector>

namespace keisei::studio {
namespace {

TEST(Ladder, TellsAStepWhenItIsPassed) {
  Ladder ladder(one_and_five);
  EXPECT_EQ(ladder.climb(1), std::nullopt);
  EXPECT_EQ(ladder.climb(9), std::nullopt);
  EXPECT_EQ(ladder.climb(10), 10);
  EXPECT_EQ(ladder.climb(49), std::nullopt);
  EXPECT_EQ(ladder.climb(51), 50);
}

TEST(Ladder, DoesNotKnowWhatWasReachedBeforeItsFirstReading) {
  Ladder ladder(one_and_five);
  EXPECT_EQ(ladder.climb(4'321), std::nullopt);
  EXPECT_EQ(ladder.climb(4'999), std::nullopt);
  EXPECT_EQ(ladder.climb(5'000), 5'000);
}

TEST(Ladder, TellsTheHighestOfSeveralStepsAndNoneOfThoseBelow) {
  Ladder ladder(one_and_five);
  ladder.climb(3);
  EXPECT_EQ(ladder.climb(700), 500);
  EXPECT_EQ(ladder.climb(20), std::nullopt);
  EXPECT_EQ(ladder.climb(600), std::nullopt);
}

TEST(Ladder, HasTheStepsThatItsRuleNames) {
  EXPECT_EQ(one_and_five(9.9), std::nullopt);
  EXPECT_EQ(one_and_five(123'456), 100'000);
  EXPECT_EQ(one_and_five(999'999), 500'000);
  EXPECT_EQ(one_and_five_from_100(99), std::nullopt);
  EXPECT_EQ(one_and_five_from_100(500), 500);
  EXPECT_EQ(one_and_five_from_100(999), 500);
  EXPECT_EQ(every_200(-350), std::nullopt);
  EXPECT_EQ(every_200(199), std::nullopt);
  EXPECT_EQ(every_200(1'139), 1'000);
  EXPECT_EQ(score_steps(0.4), std::nullopt);
  EXPECT_EQ(score_steps(0.949), 0.9);
  EXPECT_EQ(skill_steps(0.3), 0.25);
}

RC_GTEST_PROP(Ladder, TellsNoStepTwiceAndOnlyHigherOnes, (const std::vector<unsigned>& readings)) {
  Ladder ladder(one_and_five);
  double last = 0;
  for (const unsigned reading : readings) {
    const auto step = ladder.climb(reading % 100'000);
    if (!step) continue;
    RC_ASSERT(*step > last);
    last = *step;
  }
}

}  // namespace
}  // namespace keisei::studio

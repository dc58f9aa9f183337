#include "rl/evaluation/hour_ago.h"

#include <gmock/gmock.h>

#include "base/testing/temporary_folder.h"
#include "rl/evaluation/training_times.h"

namespace keisei::rl {
namespace {

using ::testing::ElementsAre;
using ::testing::Optional;

constexpr double kMinute = 60;

TEST(HourAgo, IsTheNetworkThatWasFrozenNearestToAnHourBefore) {
  const std::vector<Frozen> frozen = {
      {0, 0}, {10, 20 * kMinute}, {20, 29 * kMinute}, {30, 41 * kMinute}, {40, 85 * kMinute}};
  EXPECT_THAT(hour_ago(frozen, 90 * kMinute), Optional(20));
  EXPECT_THAT(hour_ago(frozen, 96 * kMinute), Optional(30));
  EXPECT_THAT(hour_ago(frozen, 60 * kMinute), Optional(0));
}

TEST(HourAgo, IsNobodyWhereAllAreMuchYoungerOrOlder) {
  const std::vector<Frozen> frozen = {{0, 0}, {90, 100 * kMinute}};
  EXPECT_FALSE(hour_ago(frozen, 44 * kMinute));
  EXPECT_THAT(hour_ago(frozen, 45 * kMinute), Optional(0));
  EXPECT_THAT(hour_ago(frozen, 90 * kMinute), Optional(0));
  EXPECT_FALSE(hour_ago(frozen, 91 * kMinute));
  EXPECT_FALSE(hour_ago({}, 60 * kMinute));
}

TEST(HourAgo, OfTwoThatAreAsNearIsTheOlder) {
  const std::vector<Frozen> frozen = {{1, 0}, {2, 10 * kMinute}};
  EXPECT_THAT(hour_ago(frozen, 65 * kMinute), Optional(1));
}

// As an examiner does it: every five minutes one more, and what is not needed goes.
TEST(HourAgo, IsThereAtEveryEvaluationOfALongRun) {
  std::vector<Frozen> kept;
  for (int number = 0; number < 200; ++number) {
    const double now = 5 * kMinute * number;
    if (now >= kYoungest) {
      const auto chosen = hour_ago(kept, now);
      ASSERT_TRUE(chosen) << "evaluation " << number;
      EXPECT_NEAR(now - 5 * kMinute * static_cast<double>(*chosen), now < kHour ? now : kHour,
                  10 * kMinute);
    }
    kept.push_back({number, now});
    const auto needed = needed_for_hour_ago(kept, now);
    EXPECT_LE(needed.size(), 8U);
    std::erase_if(kept, [&](const Frozen& one) {
      return std::find(needed.begin(), needed.end(), one.update) == needed.end();
    });
  }
}

TEST(TrainingTimes, GoOnWhereTheRunIsResumed) {
  const TemporaryFolder folder;
  {
    TrainingTimes times(folder.path(), -1);
    ASSERT_TRUE(times.add({0, times.of_run(1)}));
    ASSERT_TRUE(times.add({9, times.of_run(600)}));
    ASSERT_TRUE(times.add({20, times.of_run(1200)}));
  }
  TrainingTimes times(folder.path(), 15);
  EXPECT_EQ(times.of_run(0), 600) << "of what comes after update 15 nothing is left";
  EXPECT_THAT(times.of(9), Optional(600));
  EXPECT_FALSE(times.of(20));
  ASSERT_TRUE(times.add({16, times.of_run(60)}));
  EXPECT_THAT(TrainingTimes(folder.path(), 30).of(16), Optional(660));
  EXPECT_FALSE(TrainingTimes(folder.path(), 30).of(20)) << "it was given up for good";
}

TEST(TrainingTimes, PassOverLinesThatMakeNoSense) {
  const TemporaryFolder folder;
  folder.write("times.csv", "0,10\nnonsense\n5,nan\n7,40\n");
  const TrainingTimes times(folder.path(), 10);
  EXPECT_EQ(times.frozen().size(), 2U);
  EXPECT_EQ(times.of_run(2), 42);
}

}  // namespace
}  // namespace keisei::rl

#include "rl/run/run_end.h"

#include <gtest/gtest.h>

#include "base/testing/manual_clock.h"

namespace keisei::rl {
namespace {

// 100 plies in 4 seconds.
MetricsManager after_one_update() {
  MetricsManager metrics;
  metrics.add(
      {.learnt = {}, .episodes = {}, .samples = 100, .selfplay_s = 1, .rules_s = 0, .update_s = 3});
  return metrics;
}

TEST(RunEnd, IsNoneUnlessAskedFor) {
  const ManualClock clock;
  const RunEnd end(0, 0, clock);
  EXPECT_FALSE(end.reached(after_one_update()));
  EXPECT_FALSE(end.remaining_s(after_one_update()));
}

TEST(RunEnd, ComesAfterSoManyMinutes) {
  ManualClock clock;
  const RunEnd end(2, 0, clock);
  clock.pass(std::chrono::seconds(119));
  EXPECT_EQ(end.remaining_s({}), 1);
  EXPECT_FALSE(end.reached({}));
  clock.pass(std::chrono::seconds(1));
  EXPECT_TRUE(end.reached({}));
}

TEST(RunEnd, ComesAfterSoManyPliesAtThePaceOfNow) {
  const ManualClock clock;
  EXPECT_EQ(RunEnd(0, 300, clock).remaining_s(after_one_update()), 8);
  EXPECT_FALSE(RunEnd(0, 300, clock).reached(after_one_update()));
  EXPECT_TRUE(RunEnd(0, 100, clock).reached(after_one_update()));
  EXPECT_FALSE(RunEnd(0, 300, clock).remaining_s({})) << "there is no pace yet";
}

TEST(RunEnd, IsTheFirstOfBoth) {
  const ManualClock clock;
  EXPECT_EQ(RunEnd(0.1, 300, clock).remaining_s(after_one_update()), 6);
  EXPECT_EQ(RunEnd(1, 300, clock).remaining_s(after_one_update()), 8);
}

}  // namespace
}  // namespace keisei::rl

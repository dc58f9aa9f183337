#include "rl/run/progress.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>

namespace keisei::rl {
namespace {

Progress some() {
  Progress progress;
  progress.metrics.update = 12;
  progress.metrics.global_step = 1'234'567;
  progress.metrics.metrics[hook::Metric::samples_per_s] = 812.4;
  progress.metrics.metrics[hook::Metric::entropy] = 2.31;
  progress.metrics.metrics[hook::Metric::entropy_max] = 4.02;
  progress.elapsed_s = 3723;
  return progress;
}

TEST(Progress, SaysHowFarAndHowFast) {
  const auto lines = progress_lines(some(), 200);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0], "update 12 · 1 234 567 plies · 0 games · 812 plies/s · running 1:02:03");
  EXPECT_NE(lines[1].find("entropy 2.31 of 4.02"), std::string::npos);
}

TEST(Progress, SaysWhatIsLeftOfARunThatEnds) {
  Progress progress = some();
  progress.remaining_s = 61;
  EXPECT_TRUE(progress_lines(progress, 200)[0].ends_with("· left 1:01"));
}

TEST(Progress, NeverPrintsANumberThatIsNone) {
  for (const std::string& line : progress_lines(Progress{}, 200)) {
    EXPECT_EQ(line.find("inf"), std::string::npos) << line;
    EXPECT_EQ(line.find("nan"), std::string::npos) << line;
  }
  Progress progress = some();
  progress.metrics.metrics[hook::Metric::explained_variance] = std::nan("");
  EXPECT_NE(progress_lines(progress, 200)[1].find("explained –"), std::string::npos);
}

TEST(Progress, GoesOnInTheNextLineWhereTheTerminalEnds) {
  const auto lines = progress_lines(some(), 30);
  EXPECT_EQ(lines[0], "update 12 · 1 234 567 plies");
  EXPECT_EQ(lines[1], "0 games · 812 plies/s");
  EXPECT_EQ(lines[2], "running 1:02:03");
}

TEST(Progress, CutsWhatIsLongerThanALineBetweenCharacters) {
  Progress progress = some();
  progress.last_game = "–––";
  EXPECT_EQ(progress_lines(progress, 2).back(), "––");
}

TEST(Progress, PutsAGameIntoWords) {
  hook::GameFinishedEvent game;
  game.game_number = 3;
  game.winner = hook::Side::white;
  game.moves.count = 143;
  game.reason = hook::EndReason::perpetual_check;
  EXPECT_EQ(game_summary(game), "game 3: White won by perpetual check after 143 plies");
}

TEST(Progress, KnowsNoTimeLeftWithoutAPace) {
  EXPECT_EQ(time_to(100, 40, 30), 2);
  EXPECT_EQ(time_to(100, 140, 30), 0);
  EXPECT_FALSE(time_to(100, 40, 0));
}

}  // namespace
}  // namespace keisei::rl

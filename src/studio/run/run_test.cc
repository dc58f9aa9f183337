#include "studio/run/run.h"

#include <gtest/gtest.h>

namespace keisei::studio {
namespace {

TEST(Run, StandsWhereItIsRememberedUntilItsNextUpdate) {
  store::RunMemory memory;
  memory.games = 3;
  for (const std::int64_t update : {21, 22}) {
    memory.updates.push_back({.run_id = "run",
                              .segment = 1,
                              .metrics = {.update = update,
                                          .global_step = update * 4096,
                                          .games = update * 10,
                                          .emitted_at = 1,
                                          .metrics = {{"time/samples_per_s", 900.0}}}});
  }
  studio::Run run;
  run.remember(memory);
  EXPECT_EQ(run.update(), 22);
  EXPECT_EQ(run.games(), 220);
  EXPECT_EQ(run.samples_per_s(), std::nullopt) << "that was its speed before";
  run.finish_game();
  EXPECT_EQ(run.games(), 220) << "one of those that the next update counts";
}

TEST(Run, KnowsTheGamesOfARunThatHasNotLearnedYet) {
  store::RunMemory memory;
  memory.games = 3;
  studio::Run run;
  run.remember(memory);
  EXPECT_EQ(run.update(), 0);
  EXPECT_EQ(run.games(), 3);
}

}  // namespace
}  // namespace keisei::studio

#include "rl/run/trainer.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/testing/temporary_folder.h"
#include "rl/testing/tiny_options.h"

namespace keisei::rl {
namespace {

using hook::Metric;

const SystemClock kClock;

// With everything that has a state of its own.
Options with_everything() {
  Options options = tiny_options();
  options.ppo.kl_penalty = 0.1;
  options.ppo.kl_reference_updates = 3;
  options.ppo.schedule = Schedule::adaptive;
  options.ppo.target_kl = 0.01;
  options.opponents = {.fraction = 0.67, .pool = 2, .interval = 1};
  return options;
}

struct Resume : testing::TestWithParam<bool> {
  TemporaryFolder folder;
};
INSTANTIATE_TEST_SUITE_P(Options, Resume, testing::Bool());

TEST_P(Resume, GivesTheMetricsOfAnUninterruptedRun) {
  Options options = GetParam() ? with_everything() : tiny_options();
  options.run.threads = 2;
  Trainer original(options, kClock);
  ASSERT_TRUE(original.iterate(nullptr));
  ASSERT_TRUE(original.iterate(nullptr));
  const std::string path = checkpoint_path(folder.path(), 2);
  ASSERT_TRUE(save_checkpoint(path, original.checkpoint("run-1")));

  Trainer resumed(options, kClock);
  const auto loaded = load_checkpoint(path);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->run_id, "run-1");
  ASSERT_TRUE(resumed.resume(*loaded));
  for (int i = 0; i < 2; ++i) {
    const auto expected = original.iterate(nullptr), got = resumed.iterate(nullptr);
    ASSERT_TRUE(expected && got);
    EXPECT_EQ((*expected)->learnt.figures[Metric::policy_loss],
              (*got)->learnt.figures[Metric::policy_loss]);
    EXPECT_EQ((*expected)->learnt.figures[Metric::kl_divergence],
              (*got)->learnt.figures[Metric::kl_divergence]);
    EXPECT_EQ((*expected)->episodes.plies, (*got)->episodes.plies);
  }
  EXPECT_EQ(original.metrics().games(), resumed.metrics().games());
  EXPECT_EQ(resumed.metrics().updates(), 4);
  EXPECT_EQ(original.checkpoint("run-1").foresight, resumed.checkpoint("run-1").foresight)
      << "forecasts of games that were going on were lost";
}

TEST(Trainer, KnowsNothingOfItsForesightBeforeGamesHaveEnded) {
  Trainer trainer(tiny_options(), kClock);
  const auto iteration = trainer.iterate(nullptr);
  ASSERT_TRUE(iteration && *iteration);
  EXPECT_TRUE(std::isnan((*iteration)->learnt.figures[Metric::explained_variance]));
}

TEST(Trainer, GoesOnFromACheckpointOfAnOlderProgramWithoutForecasts) {
  Trainer original(tiny_options(), kClock), resumed(tiny_options(), kClock);
  ASSERT_TRUE(original.iterate(nullptr));
  Checkpoint older = original.checkpoint("run-1");
  older.foresight.clear();
  for (EnvironmentState& environment : older.environments) environment.forecasts.clear();
  ASSERT_TRUE(resumed.resume(older));
  ASSERT_TRUE(resumed.iterate(nullptr));
}

TEST(Trainer, StopsWhenAskedWithoutCounting) {
  Trainer trainer(tiny_options(), kClock);
  std::stop_source stop;
  stop.request_stop();
  const auto iteration = trainer.iterate(nullptr, stop.get_token());
  ASSERT_TRUE(iteration);
  EXPECT_FALSE(*iteration);
  EXPECT_EQ(trainer.metrics().updates(), 0);
}

}  // namespace
}  // namespace keisei::rl

#include "rl/ppo/process_group.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "base/clock.h"
#include "rl/run/trainer.h"
#include "rl/testing/tiny_options.h"
#include "rl/testing/two_processes.h"

namespace keisei::rl {
namespace {

using hook::Metric;

TEST(ProcessGroup, SumsAndFindsTheLargest) {
  with_two_processes([](ProcessGroup& group) {
    float values[] = {1, static_cast<float>(group.rank())};
    group.sum(std::span<float>(values));
    EXPECT_EQ(values[0], 2);
    EXPECT_EQ(values[1], 1);
    double most[] = {group.rank() == 0 ? 7.5 : -1};
    group.largest(std::span<double>(most));
    EXPECT_EQ(most[0], 7.5);
  });
}

TEST(ProcessGroup, TakesItsPlaceFromTheEnvironment) {
  const auto set = [](const char* name, const char* value) {
    value == nullptr ? ::unsetenv(name) : ::setenv(name, value, 1);
  };
  for (const char* name : {"RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"}) set(name, nullptr);
  EXPECT_FALSE(*ProcessGroup::place_from_environment()) << "alone";
  set("WORLD_SIZE", "4");
  EXPECT_EQ(ProcessGroup::place_from_environment().error().message,
            "RANK is not set, but WORLD_SIZE is");
  set("RANK", "4");
  EXPECT_EQ(ProcessGroup::place_from_environment().error().message,
            "RANK=4 must be a whole number from 0 to 3");
  set("RANK", "3");
  set("MASTER_PORT", "29500");
  set("MASTER_ADDR", "node1");
  const auto place = ProcessGroup::place_from_environment();
  ASSERT_TRUE(place && *place);
  EXPECT_EQ((*place)->rank, 3);
  EXPECT_EQ((*place)->size, 4);
  EXPECT_EQ((*place)->master_address, "node1");
  EXPECT_EQ((*place)->master_port, 29500);
  for (const char* name : {"RANK", "WORLD_SIZE", "MASTER_ADDR", "MASTER_PORT"}) set(name, nullptr);
}

Options of_environments(int count) {
  Options options = tiny_options();
  options.environment = {.count = count, .max_plies = 60};
  options.reward = {.shaped = true, .shaping_coefficient = 0.5};
  options.ppo.epochs = 3;
  options.ppo.minibatch = count * options.ppo.steps;
  options.ppo.target_kl = 0.02;
  options.ppo.schedule = Schedule::adaptive;
  return options;
}

struct Trained {
  std::vector<double> metrics;
  std::vector<float> answers;
  EpisodeStatistics totals;
  std::vector<double> foresight;
};

// Some updates, and what the network then thinks of the start position.
Trained train(const Options& options, ProcessGroup* group) {
  const SystemClock clock;
  Trainer trainer(options, clock, group);
  Trained result;
  for (int i = 0; i < 3; ++i) {
    const auto iteration = trainer.iterate(nullptr);
    EXPECT_TRUE(iteration);
    const LearnMetrics& learnt = (*iteration)->learnt;
    result.metrics.insert(result.metrics.end(),
                          {learnt.figures[Metric::policy_loss], learnt.figures[Metric::value_loss],
                           learnt.figures[Metric::entropy], learnt.figures[Metric::kl_divergence],
                           learnt.figures[Metric::grad_norm], learnt.figures[Metric::entropy_max]});
  }
  const Environment start(1, {});
  const StepManager steps(options.environment, options.reward, options.ppo.gamma);
  PositionBatch batch;
  PolicyOutput output;
  batch.clear(1);
  steps.encode(start, batch);
  trainer.player().evaluate(batch, output);
  result.answers = output.log_probabilities;
  result.answers.push_back(output.values[0]);
  result.totals = trainer.metrics().totals();
  result.foresight = trainer.checkpoint("").foresight;
  return result;
}

// The same environments by number, the same samples in each step (a minibatch is a whole rollout),
// so the sums differ only in the order of their terms.
TEST(ProcessGroup, TwoProcessesLearnWhatOneDoesWithTwiceTheEnvironments) {
  const Trained one = train(of_environments(4), nullptr);
  Trained first, second;
  with_two_processes([&](ProcessGroup& group) {
    (group.rank() == 0 ? first : second) = train(of_environments(2), &group);
  });
  constexpr double kTolerance = 2e-4;
  ASSERT_EQ(one.metrics.size(), first.metrics.size());
  for (std::size_t i = 0; i < one.metrics.size(); ++i) {
    EXPECT_NEAR(one.metrics[i], first.metrics[i], kTolerance) << i;
    EXPECT_EQ(first.metrics[i], second.metrics[i]) << i;
  }
  for (std::size_t i = 0; i < one.answers.size(); ++i) {
    EXPECT_NEAR(one.answers[i], first.answers[i], kTolerance);
    EXPECT_EQ(first.answers[i], second.answers[i]);
  }
  EXPECT_EQ(one.totals.games, first.totals.games);
  EXPECT_EQ(one.totals.plies, first.totals.plies);
  EXPECT_GT(one.foresight[0], 0) << "games with forecasts";
  for (std::size_t i = 0; i < one.foresight.size(); ++i) {
    EXPECT_NEAR(one.foresight[i], first.foresight[i], kTolerance * (1 + one.foresight[1])) << i;
    EXPECT_EQ(first.foresight[i], second.foresight[i]) << i;
  }
}

}  // namespace
}  // namespace keisei::rl

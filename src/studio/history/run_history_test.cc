#include "studio/history/run_history.h"

#include <gmock/gmock.h>

#include <string>

#include "protocol/codec.h"
#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using protocol::Metric;
using protocol::StrengthMeasure;
using ::testing::ElementsAre;

protocol::TrainerMetrics update(std::int64_t number, double kl = 0.01) {
  protocol::TrainerMetrics metrics{};
  metrics.update = number;
  metrics.metrics["ppo/kl_divergence_approx"] = kl;
  return metrics;
}

protocol::EvaluationFinished evaluation(std::int64_t update, double score) {
  protocol::EvaluationFinished finished{};
  finished.update = update;
  finished.emitted_at = static_cast<double>(update) + 0.5;
  finished.random_games = 100;
  finished.random_score = score;
  finished.random_low = score - 0.1;
  finished.random_high = score + 0.1;
  finished.elo = 1000 * score;
  finished.elo_error = 40;
  finished.skills = {{"mate_in_one", 5, 10}};
  return finished;
}

std::string text_of(const RunHistory& history) { return protocol::encode(history.view(), 1, 1); }

TEST(RunHistory, OfARunWithoutUpdatesIsEmpty) {
  const protocol::MetricsHistory view = RunHistory(testing::run("run"), nullptr).view();
  EXPECT_EQ(view.run_id, "run");
  EXPECT_EQ(view.updates.newest, 0);
  EXPECT_THAT(view.metrics, ::testing::IsEmpty());
  EXPECT_THAT(view.strength, ::testing::IsEmpty());
}

TEST(RunHistory, HoldsEveryUpdateWithItsGaps) {
  RunHistory history(testing::run("run"), nullptr);
  history.learn(update(1, 0.01), 1);
  history.learn({.update = 2, .global_step = 0, .games = 0, .emitted_at = 0, .metrics = {}}, 1);
  history.learn(update(5, 0.03), 1);
  const protocol::MetricsHistory view = history.view();
  EXPECT_THAT(view.updates.starts, ElementsAre(1, 2, 5));
  EXPECT_EQ(view.updates.newest, 5);
  ASSERT_EQ(view.metrics.size(), 1u) << "a metric that was never reported has no line";
  EXPECT_EQ(view.metrics[0].metric, Metric::kl_divergence);
  EXPECT_THAT(view.metrics[0].line.mean, ElementsAre(0.01, std::nullopt, 0.03));
}

TEST(RunHistory, KeepsBothBranchesOfARunThatWasResumedFromAnOlderUpdate) {
  RunHistory history(testing::run("run"), nullptr);
  for (const int number : {1, 2, 3}) history.learn(update(number), 1);
  for (const int number : {2, 3}) history.learn(update(number, 0.5), 2);
  const protocol::MetricsHistory view = history.view();
  EXPECT_THAT(view.updates.starts, ElementsAre(1, 2, 3, 2, 3));
  ASSERT_EQ(view.updates.segments.size(), 2u);
  EXPECT_EQ(view.updates.segments[0].columns, 3);
  EXPECT_EQ(view.updates.segments[1].segment, 2);
  EXPECT_THAT(view.metrics[0].line.last, ElementsAre(0.01, 0.01, 0.01, 0.5, 0.5));
}

TEST(RunHistory, HoldsEvaluationsWithTheirIntervals) {
  RunHistory history(testing::run("run"), nullptr);
  history.measure(evaluation(0, 0.5));
  history.measure(evaluation(50, 0.75));
  const protocol::MetricsHistory view = history.view();
  EXPECT_THAT(view.evaluations.starts, ElementsAre(0, 50));
  ASSERT_EQ(view.strength.size(), 3u);
  EXPECT_EQ(view.strength[1].measure, StrengthMeasure::elo);
  EXPECT_THAT(view.strength[1].line.min, ElementsAre(460, 710));
  EXPECT_THAT(view.strength[1].line.max, ElementsAre(540, 790));
  EXPECT_THAT(view.strength[1].line.last, ElementsAre(500, 750));
  EXPECT_EQ(view.strength[2].skill, "mate_in_one");
  EXPECT_NEAR(*view.strength[2].line.min[0], 0.237, 0.001);  // Wilson's of 5 in 10
  EXPECT_NEAR(*view.strength[2].line.max[0], 0.763, 0.001);
}

TEST(RunHistory, TakesNoEvaluationAfterThatOfANewerNetworkOfItsSegment) {
  RunHistory history(testing::run("run"), nullptr);
  history.measure(evaluation(50, 0.5));
  history.measure(evaluation(45, 0.6));
  EXPECT_EQ(history.strength().update, 50);
  history.learn(update(51), 1);
  history.learn(update(40), 2);
  history.measure(evaluation(45, 0.6));
  EXPECT_EQ(history.strength().update, 45);
}

TEST(RunHistory, LeavesAGapWhereAStrengthWasNotMeasured) {
  RunHistory history(testing::run("run"), nullptr);
  auto unrated = evaluation(1, 0.5);
  unrated.elo.reset();
  unrated.skills = {{"mate_in_one", 0, 0}};
  history.measure(unrated);
  history.measure(evaluation(2, 0.5));
  const auto view = history.view();
  ASSERT_EQ(view.strength.size(), 3u);
  for (const auto& strength : view.strength) {
    const bool is_gap = !strength.line.last[0].has_value();
    EXPECT_EQ(is_gap, strength.measure != StrengthMeasure::random_score);
  }
}

TEST(RunHistory, IsTheSameWhenItIsRememberedAsWhenItWasTold) {
  store::RunMemory memory;
  memory.run = testing::run("run");
  RunHistory told(memory.run, nullptr);
  const auto learn = [&](std::int64_t number, int segment) {
    memory.updates.push_back({"run", segment, update(number, 0.001 * static_cast<double>(number))});
    memory.segment = segment;
    told.learn(memory.updates.back().metrics, segment);
    if (number % 7 != 0) return;
    memory.evaluations.push_back({"run", segment, evaluation(number, 0.5)});
    told.measure(memory.evaluations.back().evaluation);
  };
  for (std::int64_t number = 1; number <= 1000; ++number) learn(number, 1);
  for (std::int64_t number = 900; number <= 1100; ++number) learn(number, 2);
  EXPECT_EQ(text_of(RunHistory(memory.run, &memory)), text_of(told));
}

TEST(RunHistory, SeesATrendThatASegmentCarriesOn) {
  RunHistory history(testing::run("run"), nullptr);
  for (std::int64_t number = 1; number <= 100; ++number) {
    history.learn(update(number, static_cast<double>(number)), 1);
  }
  EXPECT_EQ(history.view().metrics[0].line.trend, protocol::Trend::rising);
  EXPECT_NEAR(*history.view().metrics[0].line.slope, 1, 1e-6);
  history.learn(update(90, 90), 2);
  EXPECT_EQ(history.view().metrics[0].line.trend, protocol::Trend::rising);
}

// The greatest that its description allows: every metric, skill, segment and column there may be.
TEST(RunHistory, FitsAMessageHoweverLongTheRun) {
  constexpr double kLong = -1.2345e-300;
  const std::int64_t far = protocol::kMaxInteger - 1'000'000;
  store::RunMemory memory;
  for (int segment = 1; segment <= 20; ++segment) {
    for (std::int64_t number = 0; number < 300; ++number) {
      protocol::TrainerMetrics metrics{};
      metrics.update = far + number * 3;
      for (const auto& row : protocol::kMetricTable) {
        metrics.metrics[std::string(row.trainer_key)] = kLong * static_cast<double>(number % 7 + 1);
      }
      memory.updates.push_back({"run", segment, metrics});
      if (number % 10 != 0) continue;
      auto finished = evaluation(far + number, 0.123456);
      finished.emitted_at = segment * 1000.0 + static_cast<double>(number);
      finished.elo = kLong * static_cast<double>(number + 1);
      finished.skills.clear();
      for (int skill = 0; skill < 16; ++skill) {
        finished.skills.push_back(
            {std::string(31, 'x') + static_cast<char>('a' + skill), skill, 17});
      }
      memory.evaluations.push_back({"run", segment, finished});
    }
  }
  const RunHistory history(testing::run(std::string(40, 'r')), &memory);
  const protocol::MetricsHistory view = history.view();
  EXPECT_EQ(view.metrics.size(), protocol::kEnumerators<Metric>);
  EXPECT_EQ(view.strength.size(), protocol::kMostStrengthLines);
  EXPECT_GT(view.updates.starts.size(), protocol::kMostHistoryColumns / 2);
  EXPECT_EQ(view.updates.segments.size(), protocol::kMostHistorySegments);
  EXPECT_EQ(view.forgotten, 4);
  const auto read = protocol::decode<protocol::MetricsHistory>(text_of(history));
  EXPECT_TRUE(read) << read.error().message;
}

}  // namespace
}  // namespace keisei::studio

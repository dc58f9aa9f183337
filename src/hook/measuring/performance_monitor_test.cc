#include "hook/measuring/performance_monitor.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <utility>

#include "base/testing/manual_clock.h"

namespace keisei::hook {
namespace {

using namespace std::chrono_literals;

/// Training as the monitor sees it: steps that take about `step_s`, more when they are streamed.
class Training {
 public:
  explicit Training(MonitorOptions options = {}) : monitor(options, clock_, coin()) {}

  void run(int steps) {
    for (int i = 0; i < steps; ++i) {
      const bool streamed = monitor.begin_step();
      streamed_ += streamed ? 1 : 0;
      double step_s = 0.01 * (1 + drift * i / steps);
      step_s *= 1 + noise * std::normal_distribution<double>()(engine_);
      if (hiccups > 0 && chance() < hiccups) step_s *= 20;
      if (streamed && monitor.stage() != StreamingStage::off) {
        step_s *= 1 + cost_pct[static_cast<std::size_t>(monitor.stage())] / 100;
      }
      clock_.pass(std::chrono::nanoseconds(static_cast<std::int64_t>(1e9 * step_s)));
    }
    monitor.interrupt();
  }
  /// Self-play and learning in turn; learning takes `share` of the time.
  void run_with_learning(int steps, double share) {
    constexpr int kRollout = 64;
    for (int i = 0; i < steps; i += kRollout) {
      const SteadyTime begin = clock_.steady();
      run(kRollout);
      const auto played = clock_.steady() - begin;
      clock_.pass(
          std::chrono::duration_cast<std::chrono::nanoseconds>(played * share / (1 - share)));
    }
  }
  void wait(std::chrono::seconds time) {
    clock_.pass(time);
    monitor.interrupt();
  }
  int streamed() const { return streamed_; }

  double drift = 0;  // by how much steps grow in one run()
  double noise = 0.02;
  double hiccups = 0;                // share of steps that take twenty times as long
  std::array<double, 3> cost_pct{};  // full, reduced, minimal

 private:
  std::function<double()> coin() {
    return [engine = std::mt19937(5)]() mutable {
      return std::uniform_real_distribution<double>(0, 1)(engine);
    };
  }
  double chance() { return std::uniform_real_distribution<double>(0, 1)(engine_); }

  ManualClock clock_;
  std::mt19937 engine_{7};
  int streamed_ = 0;

 public:
  PerformanceMonitor monitor;
};

constexpr int kLong = 10'000;  // steps: 1250 trials

MonitorOptions never_fall_back() {
  MonitorOptions options;
  options.limit_pct = 0;
  return options;
}

TEST(PerformanceMonitor, SaysNothingBeforeThereAreEnoughTrials) {
  Training training;
  training.run(49 * 8);
  EXPECT_FALSE(training.monitor.impact());
  training.run(20 * 8);
  EXPECT_TRUE(training.monitor.impact());
}

TEST(PerformanceMonitor, FindsThatStreamingCostsNothing) {
  Training training;
  training.run(kLong);
  const Impact impact = training.monitor.impact().value();
  EXPECT_LE(impact.low_pct, 0);
  EXPECT_GE(impact.high_pct, 0);
  EXPECT_LT(impact.high_pct - impact.low_pct, 0.4) << "or the interval says nothing";
  EXPECT_EQ(training.monitor.stage(), StreamingStage::full);
}

TEST(PerformanceMonitor, FindsACostOfThreePercent) {
  Training training(never_fall_back());
  training.cost_pct = {3, 3, 3};
  training.run(kLong);
  const Impact impact = training.monitor.impact().value();
  EXPECT_NEAR(impact.pct, 3, 0.4);
  EXPECT_GT(impact.low_pct, 2);
  EXPECT_LE(impact.low_pct, 3);
  EXPECT_GE(impact.high_pct, 3);
}

TEST(PerformanceMonitor, IsNotFooledByDrift) {
  Training training;
  training.drift = 2;  // games grow longer: steps take three times as long in the end
  training.run(kLong);
  const Impact impact = training.monitor.impact().value();
  EXPECT_LE(impact.low_pct, 0);
  EXPECT_GE(impact.high_pct, 0);
}

TEST(PerformanceMonitor, IsNotFooledByTheRestOfTheMachine) {
  Training training(never_fall_back());
  training.hiccups = 0.01;
  training.cost_pct = {3, 3, 3};
  training.run(kLong);
  const Impact impact = training.monitor.impact().value();
  // Hiccups make training 19 % longer, and what streaming adds to all other steps a smaller share.
  EXPECT_NEAR(impact.pct, 3 / 1.19, 0.5);
  EXPECT_GT(impact.low_pct, 1.5);
}

TEST(PerformanceMonitor, TellsTheCostOfStepsAsAShareOfAllTraining) {
  Training training(never_fall_back());
  training.cost_pct = {4, 4, 4};
  training.run_with_learning(kLong, 0.75);
  const Impact impact = training.monitor.impact().value();
  EXPECT_NEAR(impact.pct, 1, 0.1);
  EXPECT_LE(impact.low_pct, 1);
  EXPECT_GE(impact.high_pct, 1);
  EXPECT_LT(impact.high_pct - impact.low_pct, 0.15) << "a quarter of that of the steps";
}

TEST(PerformanceMonitor, FollowsATrainingWhoseLearningBecomesShorter) {
  Training training(never_fall_back());
  training.cost_pct = {4, 4, 4};
  training.run_with_learning(kLong, 0.75);
  training.run_with_learning(kLong, 0);
  EXPECT_NEAR(training.monitor.impact()->pct, 4, 0.4);
}

TEST(PerformanceMonitor, DoesNotFallBackForStepsThatAreASmallShareOfTraining) {
  Training training;
  training.cost_pct = {4, 4, 4};
  training.run_with_learning(2 * kLong, 0.9);
  EXPECT_TRUE(training.monitor.impact());
  EXPECT_EQ(training.monitor.stage(), StreamingStage::full);
}

// The interval is an interval: over many runs it holds the truth about 95 times in 100.
TEST(PerformanceMonitor, ItsIntervalHoldsTheTruthAsOftenAsItSays) {
  std::mt19937 engine(3);
  std::normal_distribution<double> noise(0, 0.05);
  int held = 0;
  constexpr int kRuns = 1000;
  for (int run = 0; run < kRuns; ++run) {
    std::vector<Trial> trials(60);
    for (Trial& trial : trials) trial = {1.01 + noise(engine), 1.0 + noise(engine)};
    const Impact impact = estimate_impact(trials);
    held += impact.low_pct <= 1 && impact.high_pct >= 1 ? 1 : 0;
  }
  EXPECT_GE(held, 930);
  EXPECT_LE(held, 970);
}

TEST(PerformanceMonitor, StreamsEveryStepWhileItDoesNotMeasure) {
  Training training;
  training.monitor.set_measuring(false);
  training.run(1000);
  EXPECT_EQ(training.streamed(), 1000);
  EXPECT_FALSE(training.monitor.impact());
}

TEST(PerformanceMonitor, StreamsHalfOfTheStepsWhileItMeasures) {
  Training training;
  training.run(8000);
  EXPECT_EQ(training.streamed(), 4000);
}

TEST(PerformanceMonitor, ForgetsATrialThatIsInterrupted) {
  Training training;
  for (int i = 0; i < 1000; ++i) training.run(7);
  EXPECT_FALSE(training.monitor.impact());
}

TEST(PerformanceMonitor, FallsBackUntilTheCostIsBelowTheLimit) {
  Training training;
  training.cost_pct = {4, 2.5, 0};
  training.run(kLong);
  EXPECT_EQ(training.monitor.stage(), StreamingStage::minimal);
}

TEST(PerformanceMonitor, EndsStreamingThatCostsTooMuchInEveryStage) {
  Training training;
  training.cost_pct = {4, 4, 4};
  training.run(kLong / 2);
  EXPECT_EQ(training.monitor.stage(), StreamingStage::off);
}

TEST(PerformanceMonitor, DoesNotFallBackForAnImpactBelowTheLimit) {
  Training training;
  training.cost_pct = {0.5, 0, 0};
  training.run(kLong);
  EXPECT_EQ(training.monitor.stage(), StreamingStage::full);
}

TEST(PerformanceMonitor, ComesBackStageByStageWhenTheCostIsGone) {
  Training training;
  training.cost_pct = {4, 4, 4};
  training.run(kLong / 2);
  ASSERT_EQ(training.monitor.stage(), StreamingStage::off);
  training.cost_pct = {};
  for (int i = 0; i < 6; ++i) {
    training.wait(61s);
    training.run(2000);
  }
  EXPECT_EQ(training.monitor.stage(), StreamingStage::full);
}

TEST(PerformanceMonitor, StaysDownUntilTheWaitIsOver) {
  Training training;
  training.cost_pct = {4, 4, 4};
  training.run(kLong / 2);
  ASSERT_EQ(training.monitor.stage(), StreamingStage::off);
  training.wait(5s);
  EXPECT_EQ(training.monitor.stage(), StreamingStage::off);
  training.wait(60s);
  EXPECT_EQ(training.monitor.stage(), StreamingStage::minimal);
}

TEST(PerformanceMonitor, WaitsLongerAfterARelapse) {
  Training training;
  training.cost_pct = {4, 4, 4};
  training.run(kLong / 2);
  training.wait(61s);
  ASSERT_EQ(training.monitor.stage(), StreamingStage::minimal);
  training.run(600);
  ASSERT_EQ(training.monitor.stage(), StreamingStage::off);
  training.wait(61s);
  EXPECT_EQ(training.monitor.stage(), StreamingStage::off);
  training.wait(60s);
  EXPECT_EQ(training.monitor.stage(), StreamingStage::minimal);
}

}  // namespace
}  // namespace keisei::hook

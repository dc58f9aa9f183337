#include "rl/selfplay/self_play.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "rl/testing/tiny_options.h"

namespace keisei::rl {
namespace {

// A second later every time somebody looks.
class TickingClock final : public Clock {
 public:
  SteadyTime steady() const override { return now_ += std::chrono::seconds(1); }
  WallTime wall() const override { return {}; }

 private:
  mutable SteadyTime now_;
};

// Remembers what it was told to expect at every ply.
class Expectations final : public FeaturedObserver {
 public:
  bool wants_activation() override { return false; }
  void on_move(const FeaturedMove& move) override { results.push_back(move.expected_result); }
  void on_game_finished(const shogi::Game& /*game*/, std::int64_t /*number*/) override {}

  std::vector<double> results;
};

TEST(SelfPlay, TellsTheTimeOfTheRulesFromThatOfTheNetwork) {
  const Options options = tiny_options();
  const TickingClock clock;
  WorkerPool pool(1);
  const auto player = Player::fresh(options.network, "cpu", 42);
  SelfPlay self_play(options, pool, clock);
  RolloutBuffer rollout(options.environment.count, options.ppo.steps);
  self_play.collect(player, rollout, nullptr);
  const SelfPlayTime time = self_play.take_time();
  EXPECT_EQ(time.network, options.ppo.steps + 1) << "one look at the clock after each answer";
  EXPECT_EQ(time.rules, options.ppo.steps + 2) << "before each answer, and at the end";
  EXPECT_EQ(self_play.take_time().rules, 0);
}

// One environment, which begins at the first move: of 45 plies two games of 20.
TEST(SelfPlay, JudgesTheForecastsOfGamesThatHaveEnded) {
  Options options = tiny_options();
  options.environment = {.count = 1, .max_plies = 20};
  options.ppo.steps = 45;
  const TickingClock clock;
  WorkerPool pool(1);
  const auto player = Player::fresh(options.network, "cpu", 42);
  SelfPlay self_play(options, pool, clock);
  RolloutBuffer rollout(1, 45);
  self_play.collect(player, rollout, nullptr);
  const ForecastSums judged = self_play.take_forecasts();
  EXPECT_EQ(judged.games, 2);
  EXPECT_EQ(judged.plies, 40);
  double errors = 0;
  for (int i = 0; i < 40; ++i) errors -= rollout.sample(i).value;
  EXPECT_NEAR(judged.errors, errors, 1e-6) << "both were drawn, and the reward is the result alone";
  EXPECT_EQ(self_play.take_forecasts().games, 0);
  ASSERT_EQ(self_play.environments()[0].forecasts.size(), 5U) << "of the third";
}

// The network's value leaves the potential out, so that it is not what results are held against.
TEST(SelfPlay, ForecastsWithThePotential) {
  Options options = tiny_options();
  options.environment = {.count = 1, .max_plies = 400};
  options.reward = {.shaped = true, .shaping_coefficient = 0.6};
  options.ppo.steps = 150;
  const TickingClock clock;
  WorkerPool pool(1);
  SelfPlay self_play(options, pool, clock);
  RolloutBuffer rollout(1, 150);
  self_play.collect(Player::fresh(options.network, "cpu", 42), rollout, nullptr);
  const Environment& played = self_play.environments()[0];
  ASSERT_EQ(played.forecasts.size(), 150U);
  const StepManager steps(options.environment, options.reward, options.ppo.gamma);
  shogi::Position position = played.game.start();
  int with_potential = 0;
  for (std::size_t i = 0; i < 150; ++i) {
    const double value = rollout.sample(static_cast<int>(i)).value;
    EXPECT_NEAR(played.forecasts[i], steps.forecast(position, value), 1e-6);
    with_potential += std::abs(played.forecasts[i] - value) > 1e-3 ? 1 : 0;
    position.do_move(played.game.moves()[i]);
  }
  EXPECT_GT(with_potential, 0) << "nothing was captured";
}

TEST(SelfPlay, TellsTheResultThatAForecastStandsFor) {
  Options options = tiny_options();
  options.environment = {.count = 1, .max_plies = 20};
  const TickingClock clock;
  WorkerPool pool(1);
  SelfPlay self_play(options, pool, clock);
  Foresight foresight;
  auto numbers = foresight.save();
  numbers.back() = 3;  // the sharpness
  ASSERT_TRUE(foresight.load(numbers));
  self_play.set_foresight(foresight);
  RolloutBuffer rollout(1, options.ppo.steps);
  Expectations told;
  self_play.collect(Player::fresh(options.network, "cpu", 42), rollout, &told);
  ASSERT_EQ(told.results.size(), static_cast<std::size_t>(options.ppo.steps));
  for (std::size_t i = 0; i < told.results.size(); ++i) {
    const double forecast = rollout.sample(static_cast<int>(i)).value;
    ASSERT_NE(forecast, 0);
    EXPECT_NEAR(told.results[i], std::tanh(3 * std::atanh(forecast)), 1e-6);
  }
}

}  // namespace
}  // namespace keisei::rl

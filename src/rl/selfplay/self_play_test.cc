#include "rl/selfplay/self_play.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace keisei::rl

#include "rl/selfplay/past_selves.h"

#include <gtest/gtest.h>

#include "rl/selfplay/past_choice.h"
#include "rl/selfplay/self_play.h"
#include "rl/testing/tiny_options.h"

namespace keisei::rl {
namespace {

const SystemClock kClock;

TEST(ThinOut, KeepsBothEndsAndSpreadsTheRestOverTheWholePast) {
  EXPECT_EQ(thin_out({0, 10, 20}, 3), (std::vector<std::int64_t>{0, 10, 20}));
  EXPECT_EQ(thin_out({0, 10, 20, 30, 40, 50, 60, 70, 80}, 4),
            (std::vector<std::int64_t>{0, 10, 40, 80}));
}

TEST(SpreadOver, TakesBothEndsAndTheNewestIfOnlyOne) {
  const std::vector<std::int64_t> updates{1, 2, 3, 4, 5};
  EXPECT_EQ(spread_over(updates, 3), (std::vector<std::int64_t>{1, 3, 5}));
  EXPECT_EQ(spread_over(updates, 1), (std::vector<std::int64_t>{5}));
  EXPECT_EQ(spread_over(updates, 9), updates);
  EXPECT_TRUE(spread_over(updates, 0).empty());
}

TEST(OpponentsOf, AreBothEndsAndOneThatLastsWhileTheUpdatesDouble) {
  const auto against = [](std::int64_t update) {
    return opponents_of(update, {0, 30, 60, 90, 120, update - 10}, 3);
  };
  EXPECT_EQ(against(200), (std::vector<std::int64_t>{0, 120, 190}));
  EXPECT_EQ(against(250), (std::vector<std::int64_t>{0, 120, 240}));
  EXPECT_EQ(against(256), (std::vector<std::int64_t>{0, 60, 246})) << "the newest is in already";
  EXPECT_EQ(opponents_of(200, {0, 30}, 3), (std::vector<std::int64_t>{0, 30}));
  EXPECT_EQ(opponents_of(200, {0, 30, 60, 90, 120, 190}, 2), (std::vector<std::int64_t>{0, 120}));
  EXPECT_TRUE(opponents_of(0, {}, 2).empty());
}

TEST(OpponentsOf, BeginWithTheNetworkOfAnHourAgo) {
  const std::vector<std::int64_t> others = {0, 30, 60, 90, 120, 190};
  EXPECT_EQ(opponents_of(200, others, 1, 90), (std::vector<std::int64_t>{90}));
  EXPECT_EQ(opponents_of(200, others, 2, 90), (std::vector<std::int64_t>{90, 120}));
  EXPECT_EQ(opponents_of(200, others, 2, 120), (std::vector<std::int64_t>{120, 190}));
  EXPECT_EQ(opponents_of(200, others, 4, 90), (std::vector<std::int64_t>{0, 90, 120, 190}));
}

TEST(PastSelves, KeepTheirColorForAGameAndChangeItWithTheNext) {
  Options options = tiny_options();
  options.opponents = {.fraction = 0.25, .pool = 2, .interval = 5};
  const auto player = Player::fresh(options.network, "cpu", 42);
  PastSelves past(options);
  EXPECT_FALSE(past.opponent_of(3, 1)) << "there is no past yet";
  ASSERT_TRUE(past.add_if_due(0, player));
  ASSERT_TRUE(past.add_if_due(3, player));
  EXPECT_EQ(past.save().size(), 1U) << "the third update is not one of every five";
  EXPECT_FALSE(past.opponent_of(2, 1)) << "a quarter of four environments is one";
  ASSERT_TRUE(past.opponent_of(3, 1));
  EXPECT_EQ(past.opponent_of(3, 1)->plays_black, past.opponent_of(3, 1)->plays_black);
  EXPECT_NE(past.opponent_of(3, 1)->plays_black, past.opponent_of(3, 2)->plays_black);
}

TEST(SelfPlay, LearnsOnlyItsOwnMovesInGamesAgainstThePast) {
  Options options = tiny_options();
  options.opponents = {.fraction = 1, .pool = 2, .interval = 1};
  WorkerPool pool(2);
  const auto player = Player::fresh(options.network, "cpu", 42);
  PastSelves past(options);
  ASSERT_TRUE(past.add_if_due(0, player));
  SelfPlay self_play(options, pool, kClock, &past);
  RolloutBuffer rollout(options.environment.count, options.ppo.steps);
  self_play.collect(player, rollout, nullptr);
  EXPECT_FALSE(past.opponent_of(0, 1)) << "the featured game is self-play";
  for (int step = 0; step < options.ppo.steps; ++step) {
    EXPECT_TRUE(rollout.sample(step).learnable);
  }
  for (int environment = 1; environment < options.environment.count; ++environment) {
    int own = 0;
    for (int step = 0; step < options.ppo.steps; ++step) {
      own += rollout.sample(environment * options.ppo.steps + step).learnable ? 1 : 0;
    }
    EXPECT_GE(own, options.ppo.steps / 2 - 2);
    EXPECT_LE(own, options.ppo.steps / 2 + 2);
  }
}

}  // namespace
}  // namespace keisei::rl

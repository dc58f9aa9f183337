#include "rl/network/player.h"

#include <gtest/gtest.h>

#include "rl/ppo/ppo_agent.h"
#include "rl/selfplay/step_manager.h"

namespace keisei::rl {
namespace {

constexpr NetworkOptions kSmall{.depth = 1, .width = 8, .policy_head = PolicyHead::attention};

// Its answer to the start position.
std::vector<float> answer(const Player& player) {
  PositionBatch batch;
  batch.clear(1);
  StepManager({}, {}, 0.99).encode(Environment(1, {}), batch);
  PolicyOutput output;
  player.evaluate(batch, output);
  output.log_probabilities.push_back(output.values[0]);
  return output.log_probabilities;
}

TEST(Player, FollowsFromItsSeed) {
  EXPECT_EQ(answer(Player::fresh(kSmall, "cpu", 1)), answer(Player::fresh(kSmall, "cpu", 1)));
  EXPECT_NE(answer(Player::fresh(kSmall, "cpu", 1)), answer(Player::fresh(kSmall, "cpu", 2)));
}

TEST(Player, PlaysTheSameWithTheWeightsOfAnother) {
  const auto one = Player::fresh(kSmall, "cpu", 1);
  const auto copy = Player::load(kSmall, "cpu", one.weights());
  ASSERT_TRUE(copy) << copy.error().message;
  EXPECT_EQ(answer(*copy), answer(one));
}

TEST(Player, PlaysTheSameWithASavedAgent) {
  Options options;
  options.network = kSmall;
  WorkerPool pool(1);
  const PpoAgent agent(options, pool);
  const auto player = Player::load(kSmall, "cpu", agent.save());
  ASSERT_TRUE(player) << player.error().message;
  EXPECT_EQ(answer(*player), answer(agent.player()));
}

TEST(Player, RefusesWeightsOfAnotherShapeAndNamesTheTensor) {
  NetworkOptions wider = kSmall;
  wider.width = 16;
  const auto loaded = Player::load(kSmall, "cpu", Player::fresh(wider, "cpu", 1).weights());
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().message, "it holds a network of another shape: stem.weight");
}

TEST(Player, RefusesBytesThatAreNoNetworkInOneLine) {
  const auto loaded = Player::load(kSmall, "cpu", "no network");
  ASSERT_FALSE(loaded);
  EXPECT_EQ(loaded.error().message.find('\n'), std::string::npos);
}

}  // namespace
}  // namespace keisei::rl

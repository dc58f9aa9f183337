#include "broker/in_process_broker.h"

#include <gmock/gmock.h>

namespace keisei::broker {
namespace {

FramePtr frame(std::string type) {
  auto bytes = std::make_shared<const std::string>("{}");
  Frame made{protocol::Channel::game, std::move(type), Delivery::latest, {}};
  made.variants.fill(bytes);
  return std::make_shared<const Frame>(std::move(made));
}

TEST(InProcessBroker, GivesEveryEdgeTheSameBytes) {
  InProcessBroker broker;
  std::vector<FramePtr> first;
  std::vector<FramePtr> second;
  broker.on_frames([&](const FrameBatch& batch) { first = batch; });
  broker.on_frames([&](const FrameBatch& batch) { second = batch; });

  broker.publish({frame("game_state"), frame("move_prediction")});

  ASSERT_EQ(first.size(), 2u);
  EXPECT_EQ(first[1]->type, "move_prediction");
  EXPECT_EQ(first, second);
}

TEST(InProcessBroker, HandsInputsToTheStudioInOrder) {
  InProcessBroker broker;
  std::vector<std::string> seen;
  broker.on_input([&](Input input) { seen.push_back(std::get<Telemetry>(input).json); });

  broker.submit(Telemetry{1, "a"});
  broker.submit(Telemetry{1, "b"});

  EXPECT_THAT(seen, testing::ElementsAre("a", "b"));
}

TEST(Frame, NumbersItsVariantsWithoutACollision) {
  std::array<bool, kVariants> used{};
  for (auto level :
       {protocol::Level::beginner, protocol::Level::intermediate, protocol::Level::advanced}) {
    for (auto language : {protocol::Language::en, protocol::Language::ja}) {
      const std::size_t index = variant_index(level, language);
      ASSERT_LT(index, kVariants);
      EXPECT_FALSE(used[index]);
      used[index] = true;
    }
  }
}

}  // namespace
}  // namespace keisei::broker

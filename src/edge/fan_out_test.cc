#include <memory>
#include <string>
#include <vector>

#include "edge/edge_test_kit.h"

namespace keisei::edge::testing {
namespace {

// More viewers than a slice of the fan-out serves.
class FanOutTest : public EdgeTest {
 protected:
  FanOutTest() : EdgeTest({.admission = {.max_viewers = 400, .max_viewers_per_address = 400}}) {}

  void join(int count) {
    for (int i = 0; i < count; ++i) {
      auto viewer = std::make_unique<TestClient>(port());
      viewer->upgrade("/ws");
      viewer->say("{}");
      viewer->receive_until("connection_established");
      viewers_.push_back(std::move(viewer));
    }
  }
  std::vector<std::unique_ptr<TestClient>> viewers_;
};

TEST_F(FanOutTest, ComesToEveryoneInOrderThoughOthersJoinAndLeaveMeanwhile) {
  constexpr int kNews = 60;
  join(210);
  const auto text = [](int i) { return "news " + std::to_string(i) + " for intermediate en"; };
  std::vector<std::unique_ptr<TestClient>> joining;
  for (int i = 0; i < kNews; ++i) {
    studio().publish<protocol::MilestoneReached>("news " + std::to_string(i));
    if (i % 6 == 0) viewers_.erase(viewers_.begin() + i);
    if (i % 6 == 3) {
      auto viewer = std::make_unique<TestClient>(port());
      viewer->upgrade("/ws");
      viewer->say("{}");
      joining.push_back(std::move(viewer));
    }
  }
  for (const auto& viewer : viewers_) {
    for (int i = 0; i < kNews; ++i) ASSERT_EQ(viewer->receive_text(), text(i));
  }
  studio().publish<protocol::MilestoneReached>("the last");
  for (const auto& viewer : joining) {
    EXPECT_EQ(viewer->receive_until("the last"), "the last for intermediate en");
  }
  EXPECT_EQ(viewers_.size(), 200U);
}

}  // namespace
}  // namespace keisei::edge::testing

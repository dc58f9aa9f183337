#include <list>

#include "edge/edge_test_kit.h"

// More connections than the port has places.
namespace keisei::edge::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

constexpr const char* kToken = "Authorization: Bearer the token\r\n";

// Of 64 descriptors the port may have 32, and viewers 16 of them.
class CrowdTest : public EdgeTest {
 protected:
  explicit CrowdTest(std::size_t viewers = 16)
      : EdgeTest({.admission = {.max_viewers = viewers}, .descriptors = 64}) {}

  void open_idle_connections(int count) {
    for (int i = 0; i < count; ++i) idle_.emplace_back(port());
  }

  std::list<TestClient> idle_;
};

TEST_F(CrowdTest, OfIdleConnectionsLeavesRoomForEveryRequest) {
  open_idle_connections(200);
  for (int i = 0; i < 13; ++i) {
    EXPECT_THAT(TestClient(port()).get("/healthz"), HasSubstr("200 OK"));
  }
}

TEST_F(CrowdTest, IsToldOnceAndOnceThatItIsOver) {
  open_idle_connections(200);
  TestClient(port()).get("/healthz");
  EXPECT_THAT(told_.lines(), ElementsAre(HasSubstr("all 32 places are taken")));
  idle_.clear();
  EXPECT_TRUE(comes_true([&] {
    TestClient(port()).get("/healthz");
    return told_.lines().size() == 2;
  }));
  EXPECT_THAT(told_.lines().back(), HasSubstr("works again"));
}

TEST_F(CrowdTest, LeavesRoomForTheTrainer) {
  std::list<TestClient> viewers;
  for (int i = 0; i < 16; ++i) {
    EXPECT_THAT(viewers.emplace_back(port()).upgrade("/ws"), HasSubstr("101"));
  }
  open_idle_connections(100);
  TestClient trainer(port());
  ASSERT_THAT(trainer.upgrade("/ingest", kToken), HasSubstr("101"));
  open_idle_connections(100);
  trainer.say("still here");
  EXPECT_TRUE(studio().hears<broker::Telemetry>());
}

TEST_F(CrowdTest, SendsNoViewerAway) {
  TestClient viewer(port());
  viewer.upgrade("/ws");
  open_idle_connections(100);
  viewer.say("{}");
  EXPECT_THAT(viewer.receive_text(), HasSubstr("connection_established"));
}

class TooFewDescriptorsTest : public CrowdTest {
 protected:
  TooFewDescriptorsTest() : CrowdTest(15'000) {}
};

TEST_F(TooFewDescriptorsTest, IsSaidAtTheStart) {
  EXPECT_THAT(told_.lines(), ElementsAre(HasSubstr("16 instead of 15000")));
  EXPECT_TRUE(notices_.read().front().failing);
}

}  // namespace
}  // namespace keisei::edge::testing

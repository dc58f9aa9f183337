#include "studio/run/clock_watch.h"

#include "studio/studio_fixture.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;

/// What people are told of the trainer's clock.
class ClockWatchTest : public StudioTest {
 protected:
  ClockWatchTest() {
    connect();
    tell(run());
  }
  void heartbeat(double ahead_s) {
    protocol::Heartbeat heartbeat{};
    heartbeat.sent_at = unix_seconds(clock_.wall()) + ahead_s;
    tell(heartbeat);
  }
  // One a second.
  void heartbeats(int count, double ahead_s) {
    for (int i = 0; i < count; ++i) {
      heartbeat(ahead_s);
      pass(1s);
    }
  }
  Notices::State state() {
    for (Notices::State& state : notices_.read()) {
      if (state.topic == "trainer_clock") return state;
    }
    ADD_FAILURE() << "nobody watches it";
    return {};
  }
};

TEST_F(ClockWatchTest, TellsOnceThatItIsAheadAndOnceThatItIsRightAgain) {
  heartbeats(5, 3600.2);
  EXPECT_TRUE(state().failing);
  EXPECT_EQ(state().reason, "its clock is 3600 s ahead of this machine's");
  heartbeats(5, 0);
  EXPECT_FALSE(state().failing);
  EXPECT_EQ(state().failures, 1U);
}

TEST_F(ClockWatchTest, TellsThatItIsBehind) {
  heartbeats(5, -60);
  EXPECT_EQ(state().reason, "its clock is 60 s behind this machine's");
}

TEST_F(ClockWatchTest, MindsNoSeconds) {
  heartbeats(5, 9);
  EXPECT_EQ(state().failures, 0U);
}

TEST_F(ClockWatchTest, BlamesNoClockForHeartbeatsThatWereHeldUp) {
  for (int late_s = 60; late_s > 0; --late_s) heartbeat(-late_s);
  EXPECT_EQ(state().failures, 0U);
}

}  // namespace
}  // namespace keisei::studio

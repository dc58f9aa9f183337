#include <gtest/gtest.h>

#include <cstddef>
#include <optional>
#include <string>

#include "base/testing/bytes_in_use.h"
#include "base/testing/manual_clock.h"
#include "hook/hook_test_kit.h"
#include "hook/transport/outbox.h"

// However long training goes on, and however little of it the showcase takes, the hook keeps no
// more.
namespace keisei::hook {
namespace {

/// What the thread holds ready for its next allocations may differ by.
constexpr std::ptrdiff_t kNothing = 16L * 1024;

/// A training thread, and the publisher's outbox without its thread.
class HookMemoryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!kCountsBytesInUse) GTEST_SKIP() << "a sanitizer's allocator is not asked";
  }

  // Some of every kind; as the publisher does, all is then collected and sent.
  void train(int rounds) {
    for (int round = 0; round < rounds; ++round) {
      for (int i = 0; i < 8; ++i) {
        lane_.emit(testing::move_event(i));
        lane_.emit(attention_);
        lane_.emit(testing::metrics_event(round));
        lane_.emit(testing::game_event(round));
        lane_.emit(testing::evaluation_event(round));
        lane_.emit(CheckpointEvent{});
      }
      outbox_.collect();
      if (is_connected_) send();
      clock_.pass(std::chrono::milliseconds(4));
    }
  }
  void send() {
    while (outbox_.next()) outbox_.on_written();
    if (confirms_) outbox_.on_acknowledged(outbox_.sent());
  }
  void connect() {
    outbox_.begin();
    is_connected_ = true;
  }

  ManualClock clock_;
  const HookOptions options_ = testing::options_for("ws://127.0.0.1:1/ingest");
  HookStatus status_;
  Lanes lanes_{options_.rooms, status_.gate, clock_};
  Lane& lane_ = lanes_.add();
  Notices notices_{clock_, [](const Notices::Notice&) {}};
  Outbox outbox_{options_, testing::demo_run(), clock_, lanes_, status_, notices_};
  AttentionEvent attention_;
  bool is_connected_ = false;
  bool confirms_ = true;
};

TEST_F(HookMemoryTest, IsNoMoreInALongOutageThanInAShortOne) {
  EXPECT_GT(bytes_kept_by([this] { train(300); }), 2'000'000) << "nothing is kept";
  EXPECT_LT(bytes_kept_by([this] { train(3'000); }), kNothing);
}

TEST_F(HookMemoryTest, IsNoMoreWhileAShowcaseConfirmsNothing) {
  confirms_ = false;
  connect();
  // Of each kind, how many that made room are kept in mind.
  train(static_cast<int>(Backlog::kMostReleased / 8) + 300);
  EXPECT_LT(bytes_kept_by([this] { train(1'000); }), kNothing);
}

TEST_F(HookMemoryTest, IsNoMoreTheMoreIsConfirmed) {
  connect();
  train(100);
  EXPECT_LT(bytes_kept_by([this] { train(1'000); }), kNothing);
}

TEST_F(HookMemoryTest, IsNoMoreAfterManyConnectionsAndRuns) {
  const auto come_and_go = [this](int times) {
    for (int i = 0; i < times; ++i) {
      RunStartedEvent run;
      run.run_id = "r" + std::to_string(i);
      lane_.emit(run);
      connect();
      train(1);
      outbox_.on_lost();
      is_connected_ = false;
    }
  };
  come_and_go(100);
  EXPECT_LT(bytes_kept_by([&] { come_and_go(1'000); }), kNothing);
}

}  // namespace
}  // namespace keisei::hook

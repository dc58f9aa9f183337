#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/testing/bytes_in_use.h"
#include "broker/newest_frames.h"
#include "protocol/codec.h"
#include "protocol/history_messages.h"
#include "protocol/metric_table.h"
#include "store/no_store.h"
#include "studio/programme.h"
#include "studio/run/remembered.h"
#include "studio/studio_test_kit.h"

// However long a run is, its studio keeps no more of it (docs/memory.md).
namespace keisei::studio {
namespace {

using namespace std::chrono_literals;

/// What a map of a few strings may differ by, and what the thread holds ready. Each test tells the
/// studio thousands of things after its bounds are reached: a byte or two of each would be more.
constexpr std::ptrdiff_t kNothing = 32L * 1024;

/// A trainer that goes on and on, a studio, and the newest frames, as a broker keeps them.
class MemoryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!kCountsBytesInUse) GTEST_SKIP() << "a sanitizer's allocator is not asked";
    connect();
    tell(testing::run("run"));
  }

  void connect() { give(broker::TrainerOpened{++session_}); }
  template <class Message>
  void tell(const Message& message) {
    give(broker::Telemetry{session_, protocol::encode(message, 1, 1)});
  }
  void give(const broker::Input& input) {
    studio_.handle(input);
    studio_.advance();
  }
  void pass(std::chrono::milliseconds time) {
    clock_.pass(time);
    studio_.advance();
  }

  // Each of many is told; now and then time passes, and all that has changed goes on air. How much
  // more is in use then.
  template <class Tell>
  std::ptrdiff_t kept_of(std::int64_t count, Tell tell_one) {
    const std::ptrdiff_t kept = bytes_kept_by([&] {
      for (std::int64_t i = 1; i <= count; ++i) {
        tell_one(++told_);
        if (i % 256 == 0) pass(10s);
      }
      pass(10s);
    });
    RecordProperty("bytes_of_" + std::to_string(told_), std::to_string(kept));
    return kept;
  }

  void learn(std::int64_t update) {
    protocol::TrainerMetrics metrics{};
    metrics.update = update;
    metrics.global_step = 4096 * update;
    metrics.emitted_at = 1e9 + static_cast<double>(update);
    for (const protocol::MetricRow& row : protocol::kMetricTable) {
      metrics.metrics.emplace(row.trainer_key, 0.25 + 1e-6 * static_cast<double>(update % 1024));
    }
    tell(metrics);
  }
  void play(std::int64_t number) {
    const testing::TrainerGame game(number, testing::short_moves(), number);
    for (int ply = 0; ply < game.plies(); ++ply) {
      tell(game.move(ply));
      tell(game.attention(ply));
    }
    tell(game.finish());
  }
  void evaluate(std::int64_t update) {
    protocol::EvaluationFinished evaluation{};
    evaluation.update = update;
    evaluation.random_games = 100;
    evaluation.random_score = 0.75;
    evaluation.random_low = 0.65;
    evaluation.random_high = 0.85;
    evaluation.skills = {{"mate_in_one", 5, 10}, {"save_rook", 5, 10}};
    evaluation.past_scores = {{0, 20, 0, 20}, {update - 1, 20, 0, 20}};
    evaluation.emitted_at = 1e9 + static_cast<double>(update);
    tell(evaluation);
  }

  ManualClock clock_;
  Counters counters_;
  Notices notices_{clock_, [](const Notices::Notice&) {}};
  store::NoStore library_;
  broker::NewestFrames newest_;
  broker::Session session_ = 0;
  std::int64_t told_ = 0;
  Studio studio_{
      programme(testing::real_content(), library_, clock_, ProgrammeOptions{}, counters_, notices_),
      clock_,
      {[this](std::vector<broker::FramePtr> frames) {
         newest_.take({1, std::move(frames)});
       },
       [](const Air::Word&) {}}};
};

constexpr auto kRemembered = static_cast<std::int64_t>(Remembered::kMost);

TEST_F(MemoryTest, IsNoMoreAfterTwiceAsManyUpdates) {
  // As many columns of history as there may be, before and after.
  auto updates = static_cast<std::int64_t>(protocol::kMostHistoryColumns);
  while (updates <= kRemembered) updates *= 2;
  const auto tell_one = [this](std::int64_t number) { learn(number); };
  EXPECT_GT(kept_of(updates, tell_one), 500'000) << "nothing is kept";
  EXPECT_LT(kept_of(updates, tell_one), kNothing);
}

TEST_F(MemoryTest, IsNoMoreAfterTenTimesAsManyGames) {
  const auto tell_one = [this](std::int64_t number) { play(number); };
  EXPECT_GT(kept_of(256, tell_one), 50'000) << "nothing is kept";
  // Which games there were is remembered, up to a bound.
  EXPECT_LT(kept_of(2'304, tell_one), kNothing + 2'304 * 64);
}

TEST_F(MemoryTest, IsNoMoreAfterTwiceAsManyEndsOfGames) {
  const auto tell_one = [this](std::int64_t number) {
    tell(testing::TrainerGame(number, testing::short_moves(), number).finish());
  };
  kept_of(kRemembered + 256, tell_one);
  EXPECT_LT(kept_of(kRemembered, tell_one), kNothing);
}

TEST_F(MemoryTest, IsNoMoreAfterTwiceAsManyEvaluations) {
  const auto tell_one = [this](std::int64_t number) { evaluate(number); };
  kept_of(kRemembered + 256, tell_one);
  EXPECT_LT(kept_of(kRemembered, tell_one), kNothing);
}

TEST_F(MemoryTest, IsNoMoreAfterManyConnectionsRunsAndGamesThatNeverEnd) {
  const auto tell_one = [this](std::int64_t number) {
    give(broker::TrainerClosed{session_});
    connect();
    const testing::TrainerGame game(number, testing::long_moves(20), number);
    tell(testing::run(number % 4 == 0 ? "another" : "run"));
    for (int ply = 0; ply < 8; ++ply) tell(game.move(ply));
    give(broker::ViewersCounted{"edge " + std::to_string(number % 8), 3});
  };
  kept_of(256, tell_one);
  EXPECT_LT(kept_of(1'024, tell_one), kNothing);
}

}  // namespace
}  // namespace keisei::studio

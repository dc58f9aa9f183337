#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <numeric>
#include <set>

#include "base/testing/black_hole.h"
#include "base/testing/manual_clock.h"
#include "base/testing/temporary_folder.h"
#include "hook/events/to_message.h"
#include "hook/hook_test_kit.h"
#include "hook/transport/test_showcase.h"

// What happens to events, and to the thread that emits them, when the showcase is in trouble.
namespace keisei::hook {
namespace {

using namespace testing;
using Manner = TestShowcase::Manner;
using protocol::EvaluationFinished;
using protocol::GameFinished;
using protocol::MovePlayed;

class StreamingHookFaultsTest : public ::testing::Test {
 protected:
  std::unique_ptr<StreamingHook> connect(const HookOptions& options) {
    return std::make_unique<StreamingHook>(options, demo_run(), clock_);
  }
  /// Waits until the publisher has seen everything.
  static bool settled(const StreamingHook& hook) {
    return comes_true([&] {
      const HookCounters now = hook.counters();
      return now.emitted == now.dropped + now.acknowledged + now.backlog_events;
    });
  }

  static std::string url_of(const BlackHole& hole) {
    return "ws://127.0.0.1:" + std::to_string(hole.port()) + "/ingest";
  }

  const TemporaryFolder folder_;
  const std::string spill_ = folder_ / "spill";
  ManualClock manual_;
  SystemClock clock_;
};

std::vector<std::int64_t> numbers_of(const TestShowcase& showcase) {
  return members(showcase.all<GameFinished>(), &GameFinished::game_number);
}

/// Runs, and what was told under them, in order.
std::vector<std::string> story_of(const TestShowcase& showcase) {
  std::vector<std::string> story;
  for (const protocol::Telemetry& message : showcase.messages()) {
    std::visit(
        [&]<class Message>(const Message& told) {
          if constexpr (std::is_same_v<Message, protocol::RunStarted>) {
            story.push_back("run " + told.run_id);
          } else if constexpr (std::is_same_v<Message, protocol::TrainerMetrics>) {
            story.push_back("update " + std::to_string(told.update));
          } else if constexpr (requires { told.game_id; }) {
            story.push_back("game " + told.game_id);
          }
        },
        message);
  }
  return story;
}

/// Emits a move, metrics and a result of run r1, and the same of r2.
void live_through_two_runs(StreamingHook& hook) {
  RunStartedEvent second;
  second.run_id = "r2";
  const auto play = [&](std::int64_t update) {
    hook.emit(move_event(0));
    hook.emit(metrics_event(update));
    hook.emit(game_event(1));
    std::this_thread::sleep_for(1ms);  // the clock tells the runs apart
  };
  play(1);
  hook.emit(second);
  play(2);
}

TEST_F(StreamingHookFaultsTest, GivesUpABlackHole) {
  const BlackHole hole;
  HookOptions options = options_for(url_of(hole));
  options.connect_timeout = 20ms;
  const auto hook = connect(options);
  for (int i = 0; i < 1000; ++i) hook->emit(move_event(i));
  EXPECT_TRUE(comes_true([&] { return hook->counters().connect_failures >= 2; }));
  EXPECT_NE(hook->last_error().find("connect timeout"), std::string::npos) << hook->last_error();
}

TEST_F(StreamingHookFaultsTest, LosesNothingToAShowcaseThatReadsSlowly) {
  TestShowcase showcase;
  const auto hook = connect(options_for(showcase.url()));
  constexpr int kGames = 200;
  for (int i = 1; i <= kGames; ++i) {
    // One ring at a time: it is the showcase that is slow.
    ASSERT_TRUE(comes_true([&] { return hook->counters().sent + 16 > hook->counters().emitted; }));
    hook->emit(game_event(i, kMaxGameMoves));
  }
  ASSERT_TRUE(comes_true([&] { return hook->counters().acknowledged == kGames; }));
  EXPECT_EQ(hook->counters().dropped, 0U);
}

// The showcase dies with events in its socket: read by nobody, but sent as far as training knows.
TEST_F(StreamingHookFaultsTest, SendsAgainWhatDiedWithTheShowcase) {
  auto showcase = std::make_unique<TestShowcase>(Manner::stalling);
  const std::uint16_t port = showcase->port();
  const auto hook = connect(options_for(showcase->url()));
  for (int i = 1; i <= 20; ++i) hook->emit(game_event(i));
  for (int i = 0; i < 100; ++i) hook->emit(move_event(i));
  ASSERT_TRUE(comes_true([&] { return hook->counters().sent == 120; }));
  showcase.reset();

  TestShowcase restarted(Manner::friendly, port);
  ASSERT_TRUE(comes_true([&] { return hook->counters().acknowledged == 120; }));
  std::vector<std::int64_t> games(20);
  std::iota(games.begin(), games.end(), 1);
  EXPECT_EQ(numbers_of(restarted), games);
  EXPECT_EQ(restarted.all<MovePlayed>().size(), 100U);
  EXPECT_EQ(hook->counters().dropped, 0U);
}

TEST_F(StreamingHookFaultsTest, SendsAnEarlierRunAgainUnderItsOwnName) {
  auto showcase = std::make_unique<TestShowcase>(Manner::stalling);
  const std::uint16_t port = showcase->port();
  const auto hook = connect(options_for(showcase->url()));
  live_through_two_runs(*hook);
  ASSERT_TRUE(comes_true([&] { return hook->counters().sent == 7; }));
  showcase.reset();

  TestShowcase restarted(Manner::friendly, port);
  ASSERT_TRUE(comes_true([&] { return hook->counters().acknowledged == 7; }));
  EXPECT_EQ(story_of(restarted),
            (std::vector<std::string>{"run r1", "game r1-1", "update 1", "game r1-1",  //
                                      "run r2", "game r2-1", "update 2", "game r2-1"}));
}

TEST_F(StreamingHookFaultsTest, TellsRunsApartThatAnOutagePutIntoAFile) {
  const std::uint16_t port = TestShowcase().port();
  HookOptions options = options_for("ws://127.0.0.1:" + std::to_string(port) + "/ingest");
  options.spill_file = spill_;
  const auto hook = connect(options);
  live_through_two_runs(*hook);
  // The results are out of memory, all else is not.
  ASSERT_TRUE(comes_true([&] { return hook->counters().backlog_events == 5; }));
  EXPECT_EQ(hook->counters().acknowledged, 0U);

  TestShowcase showcase(Manner::friendly, port);
  ASSERT_TRUE(comes_true([&] { return hook->counters().acknowledged == 7; }));
  EXPECT_EQ(story_of(showcase),
            (std::vector<std::string>{"run r1", "game r1-1", "update 1", "game r1-1",  //
                                      "run r2", "game r2-1", "update 2", "game r2-1"}));
}

TEST_F(StreamingHookFaultsTest, TellsARunThatNothingWasEmittedIn) {
  const std::uint16_t port = TestShowcase().port();
  const auto hook = connect(options_for("ws://127.0.0.1:" + std::to_string(port) + "/ingest"));
  RunStartedEvent second;
  second.run_id = "r2";
  hook->emit(second);
  ASSERT_TRUE(comes_true([&] { return hook->counters().backlog_events == 1; }));

  TestShowcase showcase(Manner::friendly, port);
  ASSERT_TRUE(comes_true([&] { return hook->counters().acknowledged == 1; }));
  EXPECT_EQ(story_of(showcase), (std::vector<std::string>{"run r1", "run r2"}));
}

TEST_F(StreamingHookFaultsTest, SaysWhichRunItIsWhenNothingElseIsLeftToSay) {
  const std::uint16_t port = TestShowcase().port();
  HookOptions options = options_for("ws://127.0.0.1:" + std::to_string(port) + "/ingest");
  options.spill_file = spill_;
  const auto hook = connect(options);
  hook->emit(move_event(0));
  std::this_thread::sleep_for(1ms);
  RunStartedEvent second;
  second.run_id = "r2";
  hook->emit(second);
  ASSERT_TRUE(comes_true([&] { return hook->counters().backlog_events == 2; }));

  TestShowcase showcase(Manner::friendly, port);
  const std::vector<std::string> story{"run r1", "game r1-1", "run r2"};
  EXPECT_TRUE(comes_true([&] { return story_of(showcase) == story; }));
}

// Showcases come and go without a goodbye. What did not arrive is counted; only of what was on its
// way in the last moment may some have arrived all the same.
TEST_F(StreamingHookFaultsTest, LosesExactlyWhatItCounts) {
  auto showcase = std::make_unique<TestShowcase>();
  const std::uint16_t port = showcase->port();
  HookOptions options = options_for(showcase->url());
  options.rooms.of<MoveEvent>().ring = 64;
  options.rooms.of<MoveEvent>().backlog = 200;
  const auto hook = connect(options);
  std::set<int> arrived;
  const auto look = [&] {
    showcase->stop();
    for (const MovePlayed& move : showcase->all<MovePlayed>()) {
      arrived.insert(static_cast<int>(move.update));
    }
  };
  constexpr int kRounds = 6;
  constexpr int kEach = 2000;
  for (int round = 0; round < kRounds; ++round) {
    ASSERT_TRUE(comes_true([&] { return hook->counters().connected; }));
    for (int i = 0; i < kEach; ++i) {
      MoveEvent move = move_event(0);
      move.update = round * kEach + i;
      hook->emit(move);
      if (i % 50 == 0) std::this_thread::sleep_for(100us);
    }
    look();
    ASSERT_TRUE(comes_true([&] { return !hook->counters().connected; }));
    const Manner manner = round % 2 == 0 ? Manner::stalling : Manner::friendly;
    showcase = std::make_unique<TestShowcase>(manner, port);
  }
  ASSERT_TRUE(comes_true([&] {
    const HookCounters counters = hook->counters();
    return counters.acknowledged + counters.dropped == counters.emitted;
  }));
  look();
  HookCounters counters = hook->counters();
  const std::uint64_t missing = counters.emitted - arrived.size();
  EXPECT_EQ(counters.emitted, static_cast<std::uint64_t>(kRounds * kEach));
  EXPECT_GT(missing, 0U) << "or the test shows nothing";
  EXPECT_LE(missing, counters.dropped);
  EXPECT_GE(missing, counters.dropped -
                         static_cast<std::uint64_t>(counters.dropped_by["move/connection_lost"]));
}

TEST_F(StreamingHookFaultsTest, KeepsCriticalEventsOverAnOutageOfAMinute) {
  auto showcase = std::make_unique<TestShowcase>();
  const std::uint16_t port = showcase->port();
  HookOptions options = options_for(showcase->url());
  options.backoff_max = 30s;
  options.breaker_wait = 30s;
  options.rooms.of<GameFinishedEvent>().backlog = 4;  // memory alone would not do
  options.spill_file = spill_;
  StreamingHook hook(options, demo_run(), manual_);
  ASSERT_TRUE(comes_true([&] { return hook.counters().connected; }));
  showcase.reset();
  ASSERT_TRUE(comes_true([&] { return !hook.counters().connected; }));
  std::uintmax_t size = 0;
  for (int second = 1; second <= 60; ++second) {
    manual_.pass(1s);
    hook.emit(game_event(second));
    if (second % 10 == 0) hook.emit(evaluation_event(second));
    ASSERT_TRUE(comes_true([&] { return std::filesystem::file_size(spill_) > size; }));
    size = std::filesystem::file_size(spill_);
  }
  TestShowcase back(Manner::friendly, port);
  // Whatever the breaker waits for is over then. Time that passed while it sends would be a
  // silence of the showcase.
  ASSERT_TRUE(comes_true([&] {
    if (!hook.counters().connected) manual_.pass(100ms);
    return hook.counters().acknowledged == 66;
  }));
  std::vector<std::int64_t> games(60);
  std::iota(games.begin(), games.end(), 1);
  EXPECT_EQ(numbers_of(back), games);
  EXPECT_EQ(back.all<EvaluationFinished>().size(), 6U);
  EXPECT_EQ(hook.counters().dropped, 0U);
  EXPECT_EQ(std::filesystem::file_size(spill_), 0U);
}

TEST_F(StreamingHookFaultsTest, HandsCriticalEventsToTheNextProcess) {
  const std::uint16_t port = TestShowcase().port();
  HookOptions options = options_for("ws://127.0.0.1:" + std::to_string(port) + "/ingest");
  options.spill_file = spill_;
  options.flush_deadline = 10ms;
  {
    const auto hook = connect(options);
    for (int i = 1; i <= 10; ++i) hook->emit(game_event(i));
  }
  TestShowcase showcase(Manner::friendly, port);
  const auto later = connect(options);
  ASSERT_TRUE(comes_true([&] { return numbers_of(showcase).size() == 10; }));
  EXPECT_EQ(showcase.all<GameFinished>().front().game_id, "r1-1");
  EXPECT_TRUE(comes_true([&] { return std::filesystem::file_size(spill_) == 0; }));
}

TEST_F(StreamingHookFaultsTest, TellsWhatAnEarlierProcessLeftUnderItsOwnRun) {
  auto forgetful = std::make_unique<TestShowcase>(Manner::forgetful);
  const std::uint16_t port = forgetful->port();
  HookOptions options = options_for(forgetful->url());
  options.spill_file = spill_;
  options.flush_deadline = 10ms;
  {
    HookOptions nobody = options;
    nobody.url = "ws://127.0.0.1:9/ingest";
    const auto hook = connect(nobody);
    for (int i = 1; i <= 2; ++i) hook->emit(game_event(i));
  }
  protocol::RunStarted later = demo_run();
  later.run_id = "r2";
  StreamingHook hook(options, later, clock_);
  hook.emit(game_event(1));
  const std::vector<std::string> story{"run r1", "game r1-1", "game r1-2", "run r2", "game r2-1"};
  ASSERT_TRUE(comes_true([&] { return story_of(*forgetful) == story; }));
  // The file's run is told again although its line has been read.
  forgetful->say(protocol::encode(protocol::TelemetryAcknowledged{2}, 0, 0));
  forgetful->stop();

  TestShowcase showcase(Manner::friendly, port);
  ASSERT_TRUE(comes_true([&] { return hook.counters().acknowledged == 1; }));
  EXPECT_EQ(story_of(showcase).front(), "run r1");
  EXPECT_EQ(story_of(showcase).back(), "game r2-1");
  EXPECT_TRUE(comes_true([&] { return std::filesystem::file_size(spill_) == 0; }));
}

TEST_F(StreamingHookFaultsTest, ReadsAFileThatNamesNoRun) {
  const std::string line = protocol::encode(to_message(game_event(1), "r1", 0), 0, 0);
  HookOptions options = options_for("");
  options.spill_file = folder_.write("spill", line + "\n");
  const TestShowcase showcase;
  options.url = showcase.url();
  const auto hook = connect(options);
  const std::vector<std::string> story{"run r1", "game r1-1"};
  EXPECT_TRUE(comes_true([&] { return story_of(showcase) == story; }));
  EXPECT_TRUE(comes_true([&] { return std::filesystem::file_size(spill_) == 0; }));
}

// Ten minutes of 100 moves, 20 attention maps and 2 games a second, an update every 5 s.
TEST_F(StreamingHookFaultsTest, StaysWithinItsMemoryHoweverLongTheShowcaseIsAway) {
  HookOptions options = options_for("ws://127.0.0.1:9/ingest");
  StreamingHook hook(options, demo_run(), manual_);
  const std::size_t bound =
      (options.rooms.of<GameFinishedEvent>().backlog + 2) * sizeof(GameFinishedEvent) +
      options.rooms.of<MetricsEvent>().backlog * (sizeof(MetricsEvent) + 16) +
      options.rooms.of<MoveEvent>().backlog * (sizeof(MoveEvent) + 16) +
      options.rooms.of<AttentionEvent>().backlog * (sizeof(AttentionEvent) + 16);
  std::size_t most = 0;
  for (int second = 0; second < 600; ++second) {
    for (int i = 0; i < 100; ++i) hook.emit(move_event(i));
    for (int i = 0; i < 20; ++i) hook.emit(AttentionEvent{});
    for (int i = 0; i < 2; ++i) hook.emit(game_event(i));
    if (second % 5 == 0) hook.emit(metrics_event(second));
    manual_.pass(1s);
    ASSERT_TRUE(settled(hook));
    most = std::max(most, hook.counters().backlog_bytes);
  }
  EXPECT_LE(most, bound);
  EXPECT_GT(most, bound / 2) << "or it kept less than it promises";
  const HookCounters counters = hook.counters();
  EXPECT_EQ(counters.emitted, 600U * 122 + 120);
  const std::uint64_t kept = options.rooms.of<GameFinishedEvent>().backlog + 120 +
                             options.rooms.of<MoveEvent>().backlog +
                             options.rooms.of<AttentionEvent>().backlog;
  EXPECT_EQ(counters.emitted - counters.dropped, kept);
}

// Showcases of every kind, and training that emits into their faces.
TEST_F(StreamingHookFaultsTest, NeverKeepsTrainingWaiting) {
  TestShowcase refusing(Manner::refusing);
  TestShowcase stalling(Manner::stalling);
  TestShowcase silent(Manner::silent);
  const BlackHole hole;
  for (const std::string& url : {refusing.url(), stalling.url(), silent.url(), url_of(hole)}) {
    HookOptions options = options_for(url);
    options.flush_deadline = 10ms;
    const auto hook = connect(options);
    // More than rings, backlogs and sockets hold: an emit that waited would wait for ever.
    const GameFinishedEvent game = game_event(1, kMaxGameMoves);
    for (int i = 0; i < 20'000; ++i) hook->emit(game);
    EXPECT_EQ(hook->counters().emitted, 20'000U) << url;
    EXPECT_GT(hook->counters().dropped_by["game_finished/ring_full"], 0) << url;
  }
}

// A studio that stands still leaves the connection open and takes nothing from it.
TEST_F(StreamingHookFaultsTest, LosesNoResultToAShowcaseThatStandsStill) {
  constexpr int kGames = 1000;
  auto showcase = std::make_unique<TestShowcase>(Manner::stalling);
  const std::uint16_t port = showcase->port();
  HookOptions options = options_for(showcase->url());
  options.spill_file = spill_;
  options.rooms.of<GameFinishedEvent>() = {.ring = 1024, .backlog = 16};
  const auto hook = connect(options);
  ASSERT_TRUE(comes_true([&] { return hook->counters().connected; }));
  // Far more than sockets and memory hold.
  for (int i = 1; i <= kGames; ++i) hook->emit(game_event(i, kMaxGameMoves));
  ASSERT_TRUE(comes_true([&] { return std::filesystem::file_size(spill_) > 1'000'000; }));
  EXPECT_TRUE(hook->counters().connected) << "it is waited for";
  EXPECT_LE(hook->counters().backlog_bytes, 17 * sizeof(GameFinishedEvent));
  showcase.reset();

  TestShowcase awake(Manner::friendly, port);
  ASSERT_TRUE(comes_true([&] { return hook->counters().acknowledged == kGames; }));
  const std::vector<std::int64_t> numbers = numbers_of(awake);
  EXPECT_EQ(std::set<std::int64_t>(numbers.begin(), numbers.end()).size(), std::size_t{kGames});
  EXPECT_EQ(hook->counters().dropped, 0U);
}

}  // namespace
}  // namespace keisei::hook

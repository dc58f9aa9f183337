#include "hook/streaming_hook.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <stdexcept>
#include <thread>

#include "hook/test_showcase.h"

namespace keisei::hook {
namespace {

using namespace std::chrono_literals;
using Manner = TestShowcase::Manner;
using protocol::GameFinished;
using protocol::Heartbeat;
using protocol::MovePlayed;
using protocol::RunStarted;
using protocol::TrainerMetrics;

RunStarted demo_run() {
  RunStarted run{};
  run.run_id = "r1";
  run.reward = "terminal";
  run.environments = 1;
  return run;
}

HookOptions options_for(const std::string& url) {
  HookOptions options;
  options.url = url;
  options.backoff_min = 5ms;
  options.backoff_max = 20ms;
  options.poll_interval = 1ms;
  options.flush_deadline = 30s;
  // The tests run beside whatever the machine does; SCHED_IDLE would make them wait for it.
  options.priority = PublisherPriority::normal;
  return options;
}

MoveEvent move_event(int ply) {
  MoveEvent event;
  event.game_number = 1;
  event.ply = ply;
  std::strcpy(event.usi.data(), "7g7f");
  return event;
}

GameFinishedEvent game_event(std::int64_t number, int moves = 1) {
  GameFinishedEvent event;
  event.game_number = number;
  event.move_count = moves;
  for (int i = 0; i < moves; ++i)
    std::strcpy(event.moves[static_cast<std::size_t>(i)].data(), "7g7f");
  std::strcpy(event.reason.data(), "checkmate");
  return event;
}

MetricsEvent metrics_event(std::int64_t update) {
  MetricsEvent event;
  event.update = update;
  event.policy_loss = -0.25;
  return event;
}

/// Waits for another thread; false when it does not come true within a minute.
bool eventually(const std::function<bool()>& condition) {
  const auto give_up = std::chrono::steady_clock::now() + 60s;
  while (!condition()) {
    if (std::chrono::steady_clock::now() > give_up) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

template <class T, class Member>
std::vector<Member> members(const std::vector<T>& messages, Member T::*member) {
  std::vector<Member> result;
  for (const T& message : messages) result.push_back(message.*member);
  return result;
}

class StreamingHookTest : public testing::Test {
 protected:
  std::unique_ptr<StreamingHook> connect(const HookOptions& options) {
    return std::make_unique<StreamingHook>(options, demo_run(), clock_);
  }

  SystemClock clock_;
};

TEST_F(StreamingHookTest, DeliversEveryKindInOrder) {
  TestShowcase showcase;
  {
    const auto hook = connect(options_for(showcase.url()));
    for (int i = 0; i < 20; ++i) hook->emit_move(move_event(i));
    for (int i = 1; i <= 5; ++i) hook->emit_ppo_metrics(metrics_event(i));
    for (int i = 1; i <= 3; ++i) hook->emit_game_finished(game_event(i));
    AttentionEvent attention;
    attention.game_number = 1;
    attention.block = 2;
    attention.gate_count = 3;
    hook->emit_attention(attention);
  }
  ASSERT_TRUE(eventually([&] { return !showcase.all<protocol::Attention>().empty(); }));
  const std::vector<MovePlayed> moves = showcase.all<MovePlayed>();
  ASSERT_EQ(moves.size(), 20U);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(moves[static_cast<std::size_t>(i)].ply, i);
  EXPECT_EQ(moves.front().game_id, "r1-1");
  EXPECT_EQ(members(showcase.all<TrainerMetrics>(), &TrainerMetrics::update),
            (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
  EXPECT_EQ(members(showcase.all<GameFinished>(), &GameFinished::game_number),
            (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(showcase.all<protocol::Attention>().front().gates.size(), 3U);
}

TEST_F(StreamingHookTest, BeginsWithItsRunAndNumbersItsMessages) {
  TestShowcase showcase;
  const auto hook = connect(options_for(showcase.url()));
  hook->emit_move(move_event(0));
  ASSERT_TRUE(eventually([&] { return !showcase.all<MovePlayed>().empty(); }));
  const std::vector<std::string> texts = showcase.texts();
  EXPECT_EQ(protocol::peek_type(texts.front()).value(), "run_started");
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_NE(texts[i].find("\"seq\":" + std::to_string(i + 1) + ","), std::string::npos);
  }
}

TEST_F(StreamingHookTest, SendsHeartbeatsWhileTrainingIsSilent) {
  TestShowcase showcase;
  HookOptions options = options_for(showcase.url());
  options.heartbeat = 10ms;
  const auto hook = connect(options);
  EXPECT_TRUE(eventually([&] { return showcase.all<Heartbeat>().size() >= 3; }));
}

TEST_F(StreamingHookTest, CountsExactlyTheEventsThatDoNotArrive) {
  constexpr int kEmitted = 20'000;
  TestShowcase showcase;
  HookOptions options = options_for(showcase.url());
  options.move_ring = 4;
  options.max_moves = kEmitted;
  const auto hook = connect(options);
  for (int i = 0; i < kEmitted; ++i) hook->emit_move(move_event(i));
  ASSERT_TRUE(eventually([&] {
    const HookCounters counters = hook->counters();
    return counters.sent + counters.dropped == kEmitted;
  }));
  const HookCounters counters = hook->counters();
  EXPECT_EQ(counters.emitted, static_cast<std::uint64_t>(kEmitted));
  EXPECT_GT(counters.dropped, 0U);
  EXPECT_EQ(counters.dropped_by.at("move/ring_full"), static_cast<std::int64_t>(counters.dropped));
  EXPECT_TRUE(eventually([&] { return showcase.texts().size() >= counters.sent; }));
  EXPECT_EQ(showcase.all<MovePlayed>().size(), counters.sent);
}

TEST_F(StreamingHookTest, LosesNoGameWhileThereIsNoShowcase) {
  const std::uint16_t port = TestShowcase().port();
  HookOptions options = options_for("ws://127.0.0.1:" + std::to_string(port) + "/ingest");
  options.max_moves = 10;
  const auto hook = connect(options);
  for (int i = 0; i < 100; ++i) hook->emit_move(move_event(i));
  for (int i = 1; i <= 20; ++i) hook->emit_game_finished(game_event(i));
  ASSERT_TRUE(eventually([&] { return hook->counters().connect_failures >= 5; }));
  EXPECT_EQ(hook->counters().dropped_by.at("move/backlog_full"), 90);
  EXPECT_NE(hook->last_error().find("cannot connect"), std::string::npos) << hook->last_error();

  TestShowcase showcase(Manner::friendly, port);
  ASSERT_TRUE(eventually([&] { return showcase.all<GameFinished>().size() == 20; }));
  const std::vector<MovePlayed> moves = showcase.all<MovePlayed>();
  ASSERT_EQ(moves.size(), 10U);
  EXPECT_EQ(moves.front().ply, 90);
  EXPECT_EQ(hook->last_error(), "");
}

TEST_F(StreamingHookTest, ComesBackWithItsRunAfterTheShowcaseRestarts) {
  auto showcase = std::make_unique<TestShowcase>();
  const std::uint16_t port = showcase->port();
  const auto hook = connect(options_for(showcase->url()));
  ASSERT_TRUE(eventually([&] { return hook->counters().connected; }));
  showcase.reset();
  ASSERT_TRUE(eventually([&] { return !hook->counters().connected; }));
  hook->emit_game_finished(game_event(7));

  TestShowcase restarted(Manner::friendly, port);
  ASSERT_TRUE(eventually([&] { return restarted.all<GameFinished>().size() == 1; }));
  EXPECT_EQ(protocol::peek_type(restarted.texts().front()).value(), "run_started");
  EXPECT_EQ(restarted.all<GameFinished>().front().game_number, 7);
}

TEST_F(StreamingHookTest, ShowsItsTokenOnceTheFileIsThere) {
  TestShowcase showcase;
  const std::filesystem::path file =
      std::filesystem::temp_directory_path() / ("keisei-hook-token-" + std::to_string(getpid()));
  std::ofstream(file) << "secret\n";
  HookOptions options = options_for(showcase.url());
  options.token_file = file;
  const auto hook = connect(options);
  EXPECT_TRUE(eventually([&] { return showcase.authorization() == "Bearer secret"; }));
  std::filesystem::remove(file);
}

TEST_F(StreamingHookTest, SaysThatItWasRefusedAndKeepsTrying) {
  TestShowcase showcase(Manner::refusing);
  const auto hook = connect(options_for(showcase.url()));
  ASSERT_TRUE(eventually([&] { return hook->counters().connect_failures >= 4; }));
  EXPECT_NE(hook->last_error().find("HTTP 401"), std::string::npos) << hook->last_error();
  EXPECT_FALSE(hook->counters().connected);
}

TEST_F(StreamingHookTest, GivesUpAShowcaseThatDoesNotAnswer) {
  TestShowcase showcase(Manner::silent);
  HookOptions options = options_for(showcase.url());
  options.connect_timeout = 20ms;
  const auto hook = connect(options);
  EXPECT_TRUE(eventually([&] { return hook->counters().connect_failures >= 2; }));
}

TEST_F(StreamingHookTest, GivesUpAShowcaseThatDoesNotRead) {
  TestShowcase showcase(Manner::stalling);
  HookOptions options = options_for(showcase.url());
  options.write_timeout = 50ms;
  const auto hook = connect(options);
  const GameFinishedEvent game = game_event(1, kMaxGameMoves);
  // Several megabytes, until the operating system's buffers are full.
  EXPECT_TRUE(eventually([&] {
    hook->emit_game_finished(game);
    return hook->counters().connections >= 2;
  }));
}

TEST_F(StreamingHookTest, EndsEvenIfTheShowcaseDoesNotRead) {
  TestShowcase showcase(Manner::stalling);
  HookOptions options = options_for(showcase.url());
  options.flush_deadline = 50ms;
  auto hook = connect(options);
  ASSERT_TRUE(eventually([&] { return hook->counters().connected; }));
  // Until the operating system's buffers are full and events wait behind them.
  const GameFinishedEvent game = game_event(1, kMaxGameMoves);
  ASSERT_TRUE(eventually([&] {
    hook->emit_game_finished(game);
    return hook->counters().dropped_by.contains("game_finished/backlog_full");
  }));
  hook.reset();  // returns: that is the test
}

TEST_F(StreamingHookTest, DropsABoardMapThatIsNotFinite) {
  TestShowcase showcase;
  const auto hook = connect(options_for(showcase.url()));
  MoveEvent broken = move_event(0);
  broken.destinations[3] = kUnknown;
  hook->emit_move(broken);
  hook->emit_move(move_event(1));
  ASSERT_TRUE(eventually([&] { return hook->counters().sent == 1; }));
  EXPECT_EQ(hook->counters().dropped_by.at("move/not_finite"), 1);
}

TEST_F(StreamingHookTest, RefusesAUrlThatIsNone) {
  EXPECT_THROW(connect(options_for("localhost:8080")), std::invalid_argument);
  EXPECT_THROW(connect(options_for("wss://localhost/ingest")), std::invalid_argument);
}

}  // namespace
}  // namespace keisei::hook

#include "hook/streaming_hook.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <thread>

#include "base/testing/temporary_folder.h"
#include "hook/hook_test_kit.h"
#include "hook/transport/test_showcase.h"

namespace keisei::hook {
namespace {

using namespace testing;
using Manner = TestShowcase::Manner;
using protocol::GameFinished;
using protocol::Heartbeat;
using protocol::MovePlayed;
using protocol::RunStarted;
using protocol::TrainerMetrics;

class StreamingHookTest : public ::testing::Test {
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
    for (int i = 0; i < 20; ++i) hook->emit(move_event(i));
    for (int i = 1; i <= 5; ++i) hook->emit(metrics_event(i));
    for (int i = 1; i <= 3; ++i) hook->emit(game_event(i));
    AttentionEvent attention;
    attention.game_number = 1;
    attention.block = 2;
    attention.gates.count = 3;
    hook->emit(attention);
    hook->emit(evaluation_event(4));
    CheckpointEvent checkpoint;
    checkpoint.update = 4;
    checkpoint.bytes = 1000;
    checkpoint.name = "update-00000004.pt";
    hook->emit(checkpoint);
  }
  ASSERT_TRUE(comes_true([&] { return !showcase.all<protocol::CheckpointSaved>().empty(); }));
  const std::vector<MovePlayed> moves = showcase.all<MovePlayed>();
  ASSERT_EQ(moves.size(), 20U);
  for (int i = 0; i < 20; ++i) EXPECT_EQ(moves[static_cast<std::size_t>(i)].ply, i);
  EXPECT_EQ(moves.front().game_id, "r1-1");
  EXPECT_EQ(members(showcase.all<TrainerMetrics>(), &TrainerMetrics::update),
            (std::vector<std::int64_t>{1, 2, 3, 4, 5}));
  EXPECT_EQ(members(showcase.all<GameFinished>(), &GameFinished::game_number),
            (std::vector<std::int64_t>{1, 2, 3}));
  EXPECT_EQ(showcase.all<protocol::Attention>().front().gates.size(), 3U);
  const auto evaluation = showcase.all<protocol::EvaluationFinished>().front();
  EXPECT_EQ(evaluation.random_score, 0.75);
  EXPECT_EQ(evaluation.elo, std::nullopt);
  EXPECT_EQ(evaluation.skills.front().name, "mate_in_one");
  EXPECT_EQ(evaluation.past_scores.front().wins, 20);
  EXPECT_EQ(evaluation.anchor_scores.front().elo, 310.5);
  EXPECT_EQ(evaluation.anchor_scores.front().elo_error, std::nullopt);
  EXPECT_EQ(evaluation.past_ages.front().seconds, 3300);
  EXPECT_EQ(showcase.all<protocol::CheckpointSaved>().front().name, "update-00000004.pt");
}

TEST_F(StreamingHookTest, ChangesItsRun) {
  TestShowcase showcase;
  const auto hook = connect(options_for(showcase.url()));
  ASSERT_TRUE(comes_true([&] { return showcase.all<RunStarted>().size() == 1; }));
  RunStartedEvent next;
  next.run_id = "r2";
  hook->emit(next);
  ASSERT_TRUE(comes_true([&] { return showcase.all<RunStarted>().size() == 2; }));
  hook->emit(game_event(5));
  ASSERT_TRUE(comes_true([&] { return showcase.all<GameFinished>().size() == 1; }));
  EXPECT_EQ(showcase.all<RunStarted>().back().run_id, "r2");
  EXPECT_EQ(showcase.all<GameFinished>().front().game_id, "r2-5");
}

TEST_F(StreamingHookTest, CarriesWhatSeveralThreadsEmit) {
  constexpr int kThreads = 4;
  constexpr int kEach = 2000;
  TestShowcase showcase;
  HookOptions options = options_for(showcase.url());
  options.rooms.of<MoveEvent>().backlog = kThreads * kEach;
  const auto hook = connect(options);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&emitter = hook->add_emitter(), i] {
      for (int update = 0; update < kEach; ++update) {
        MoveEvent event = move_event(0);
        event.game_number = i + 1;
        event.update = update;
        emitter.emit(event);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  ASSERT_TRUE(comes_true([&] {
    const HookCounters counters = hook->counters();
    return counters.acknowledged + counters.dropped == kThreads * kEach;
  }));
  std::vector<std::int64_t> last(kThreads, -1);
  const std::vector<MovePlayed> moves = showcase.all<MovePlayed>();
  EXPECT_EQ(moves.size(), hook->counters().acknowledged);
  for (const MovePlayed& move : moves) {
    std::int64_t& before = last[static_cast<std::size_t>(move.game_number - 1)];
    EXPECT_LT(before, move.update) << "a thread's events stay in order";
    before = move.update;
  }
}

TEST_F(StreamingHookTest, RefusesMoreEmittersThanItCanHold) {
  HookOptions options = options_for("ws://127.0.0.1:9/ingest");
  options.rooms.of<GameFinishedEvent>().ring = options.rooms.of<MetricsEvent>().ring =
      options.rooms.of<MoveEvent>().ring = options.rooms.of<AttentionEvent>().ring = 1;
  const auto hook = connect(options);
  for (std::size_t i = 1; i < StreamingHook::kMostEmitters; ++i) hook->add_emitter();
  EXPECT_THROW(hook->add_emitter(), std::length_error);
}

TEST_F(StreamingHookTest, StopsAndResumesAtTheOperatorsWord) {
  TestShowcase showcase;
  HookOptions options = options_for(showcase.url());
  options.heartbeat = 10ms;
  const auto hook = connect(options);
  ASSERT_TRUE(comes_true([&] { return hook->counters().connected; }));
  showcase.say(protocol::encode(protocol::StreamControl{false}, 0, 0));
  ASSERT_TRUE(comes_true([&] { return hook->stopped(); }));
  hook->emit(game_event(1));
  hook->emit(metrics_event(1));
  const std::size_t before = showcase.all<Heartbeat>().size();
  ASSERT_TRUE(comes_true([&] { return showcase.all<Heartbeat>().size() >= before + 3; }));
  EXPECT_TRUE(showcase.all<Heartbeat>().back().stopped);
  EXPECT_TRUE(showcase.all<GameFinished>().empty());
  EXPECT_EQ(hook->counters().dropped_by.at("game_finished/stopped"), 1);

  showcase.say(protocol::encode(protocol::StreamControl{true}, 0, 0));
  ASSERT_TRUE(comes_true([&] { return !hook->stopped(); }));
  hook->emit(game_event(2));
  ASSERT_TRUE(comes_true([&] { return showcase.all<GameFinished>().size() == 1; }));
  EXPECT_EQ(showcase.all<GameFinished>().front().game_number, 2);
  EXPECT_TRUE(comes_true([&] { return !showcase.all<Heartbeat>().back().stopped; }));
}

TEST_F(StreamingHookTest, StaysStoppedWhenTheShowcaseRestarts) {
  auto showcase = std::make_unique<TestShowcase>();
  const std::uint16_t port = showcase->port();
  HookOptions options = options_for(showcase->url());
  options.heartbeat = 10ms;
  const auto hook = connect(options);
  ASSERT_TRUE(comes_true([&] { return hook->counters().connected; }));
  showcase->say(protocol::encode(protocol::StreamControl{false}, 0, 0));
  ASSERT_TRUE(comes_true([&] { return hook->stopped(); }));
  showcase.reset();

  TestShowcase restarted(Manner::friendly, port);
  ASSERT_TRUE(comes_true([&] { return restarted.all<Heartbeat>().size() >= 3; }));
  EXPECT_TRUE(restarted.all<Heartbeat>().back().stopped) << "or nobody would know to resume it";
  hook->emit(game_event(1));
  EXPECT_EQ(hook->counters().dropped_by.at("game_finished/stopped"), 1);
  restarted.say(protocol::encode(protocol::StreamControl{true}, 0, 0));
  EXPECT_TRUE(comes_true([&] { return !hook->stopped(); }));
}

TEST_F(StreamingHookTest, IgnoresWhatItDoesNotUnderstand) {
  TestShowcase showcase;
  const auto hook = connect(options_for(showcase.url()));
  ASSERT_TRUE(comes_true([&] { return hook->counters().connected; }));
  showcase.say("nonsense");
  showcase.say(R"({"type":"telemetry_acknowledged","timestamp":0,"seq":0,"data":{"received":99}})");
  hook->emit(move_event(0));
  ASSERT_TRUE(comes_true([&] { return showcase.all<MovePlayed>().size() == 1; }));
  EXPECT_TRUE(hook->counters().connected);
}

TEST_F(StreamingHookTest, StreamsNoMovesInAWindowWithoutStreaming) {
  TestShowcase showcase;
  HookOptions options = options_for(showcase.url());
  options.random = [] { return 0.9; };  // tails: every trial begins without streaming
  options.monitor.window_steps = 2;
  const auto hook = connect(options);
  EXPECT_FALSE(hook->begin_step());
  hook->emit(move_event(0));
  hook->emit(game_event(1));
  hook->emit(metrics_event(1));
  EXPECT_FALSE(hook->begin_step());
  EXPECT_TRUE(hook->begin_step());
  hook->emit(move_event(2));
  ASSERT_TRUE(comes_true([&] { return hook->counters().acknowledged == 3; }));
  EXPECT_EQ(showcase.all<MovePlayed>().front().ply, 2);
  EXPECT_EQ(showcase.all<GameFinished>().size(), 1U) << "a result is never left out";
  hook->leave_out(kKindOf<MoveEvent>);
  EXPECT_EQ(hook->counters().dropped_by.at("move/measuring"), 2);
  hook->end_steps();
  hook->set_measuring(false);
  EXPECT_TRUE(hook->begin_step());
}

TEST_F(StreamingHookTest, BeginsWithItsRunAndNumbersItsMessages) {
  TestShowcase showcase;
  const auto hook = connect(options_for(showcase.url()));
  hook->emit(move_event(0));
  ASSERT_TRUE(comes_true([&] { return !showcase.all<MovePlayed>().empty(); }));
  const std::vector<std::string> texts = showcase.texts();
  EXPECT_TRUE(protocol::decode<protocol::RunStarted>(texts.front()));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_NE(texts[i].find("\"seq\":" + std::to_string(i + 1) + ","), std::string::npos);
  }
}

TEST_F(StreamingHookTest, SendsHeartbeatsWhileTrainingIsSilent) {
  TestShowcase showcase;
  HookOptions options = options_for(showcase.url());
  options.heartbeat = 10ms;
  const auto hook = connect(options);
  EXPECT_TRUE(comes_true([&] { return showcase.all<Heartbeat>().size() >= 3; }));
}

TEST_F(StreamingHookTest, SaysWhenItBeganToCount) {
  TestShowcase showcase;
  HookOptions options = options_for(showcase.url());
  options.heartbeat = 10ms;
  {
    const auto hook = connect(options);
    ASSERT_TRUE(comes_true([&] { return showcase.all<Heartbeat>().size() >= 2; }));
  }
  const std::vector<Heartbeat> first = showcase.all<Heartbeat>();
  EXPECT_EQ(first.front().hook_started_at, first.back().hook_started_at);
  const auto hook = connect(options);
  ASSERT_TRUE(comes_true([&] { return showcase.all<Heartbeat>().size() > first.size(); }));
  EXPECT_GT(showcase.all<Heartbeat>().back().hook_started_at, first.back().hook_started_at);
}

TEST_F(StreamingHookTest, CountsExactlyTheEventsThatDoNotArrive) {
  constexpr int kEmitted = 20'000;
  TestShowcase showcase;
  HookOptions options = options_for(showcase.url());
  options.rooms.of<MoveEvent>().ring = 4;
  options.rooms.of<MoveEvent>().backlog = kEmitted;
  const auto hook = connect(options);
  for (int i = 0; i < kEmitted; ++i) hook->emit(move_event(i % 1000));
  ASSERT_TRUE(comes_true([&] {
    const HookCounters counters = hook->counters();
    return counters.sent + counters.dropped == kEmitted;
  }));
  const HookCounters counters = hook->counters();
  EXPECT_EQ(counters.emitted, static_cast<std::uint64_t>(kEmitted));
  EXPECT_GT(counters.dropped, 0U);
  EXPECT_EQ(counters.dropped_by.at("move/ring_full"), static_cast<std::int64_t>(counters.dropped));
  EXPECT_TRUE(comes_true([&] { return showcase.all<MovePlayed>().size() == counters.sent; }))
      << showcase.all<MovePlayed>().size() << " of " << counters.sent;
}

TEST_F(StreamingHookTest, LosesNoGameWhileThereIsNoShowcase) {
  const std::uint16_t port = TestShowcase().port();
  HookOptions options = options_for("ws://127.0.0.1:" + std::to_string(port) + "/ingest");
  options.rooms.of<MoveEvent>().backlog = 10;
  const auto hook = connect(options);
  for (int i = 0; i < 100; ++i) hook->emit(move_event(i));
  for (int i = 1; i <= 20; ++i) hook->emit(game_event(i));
  ASSERT_TRUE(comes_true([&] { return hook->counters().connect_failures >= 5; }));
  EXPECT_EQ(hook->counters().dropped_by.at("move/backlog_full"), 90);
  EXPECT_NE(hook->last_error().find("cannot connect"), std::string::npos) << hook->last_error();

  TestShowcase showcase(Manner::friendly, port);
  ASSERT_TRUE(comes_true([&] { return showcase.all<GameFinished>().size() == 20; }));
  const std::vector<MovePlayed> moves = showcase.all<MovePlayed>();
  ASSERT_EQ(moves.size(), 10U);
  EXPECT_EQ(moves.front().ply, 90);
  EXPECT_EQ(hook->last_error(), "");
}

TEST_F(StreamingHookTest, ComesBackWithItsRunAfterTheShowcaseRestarts) {
  auto showcase = std::make_unique<TestShowcase>();
  const std::uint16_t port = showcase->port();
  const auto hook = connect(options_for(showcase->url()));
  ASSERT_TRUE(comes_true([&] { return hook->counters().connected; }));
  showcase.reset();
  ASSERT_TRUE(comes_true([&] { return !hook->counters().connected; }));
  hook->emit(game_event(7));

  TestShowcase restarted(Manner::friendly, port);
  ASSERT_TRUE(comes_true([&] { return restarted.all<GameFinished>().size() == 1; }));
  EXPECT_TRUE(protocol::decode<protocol::RunStarted>(restarted.texts().front()));
  EXPECT_EQ(restarted.all<GameFinished>().front().game_number, 7);
}

TEST_F(StreamingHookTest, ShowsItsTokenOnceTheFileIsThere) {
  TestShowcase showcase;
  const TemporaryFolder folder;
  HookOptions options = options_for(showcase.url());
  options.token_file = folder.write("token", "secret\n");
  const auto hook = connect(options);
  EXPECT_TRUE(comes_true([&] { return showcase.authorization() == "Bearer secret"; }));
}

TEST_F(StreamingHookTest, SaysThatItWasRefusedAndKeepsTrying) {
  TestShowcase showcase(Manner::refusing);
  const auto hook = connect(options_for(showcase.url()));
  ASSERT_TRUE(comes_true([&] { return hook->counters().connect_failures >= 4; }));
  EXPECT_NE(hook->last_error().find("HTTP 401"), std::string::npos) << hook->last_error();
  EXPECT_FALSE(hook->counters().connected);
}

TEST_F(StreamingHookTest, GivesUpAShowcaseThatDoesNotAnswer) {
  TestShowcase showcase(Manner::silent);
  HookOptions options = options_for(showcase.url());
  options.connect_timeout = 20ms;
  const auto hook = connect(options);
  EXPECT_TRUE(comes_true([&] { return hook->counters().connect_failures >= 2; }));
}

TEST_F(StreamingHookTest, GivesUpAShowcaseThatDoesNotRead) {
  TestShowcase showcase(Manner::stalling);
  HookOptions options = options_for(showcase.url());
  options.write_timeout = 50ms;
  const auto hook = connect(options);
  const GameFinishedEvent game = game_event(1, kMaxGameMoves);
  // Several megabytes, until the operating system's buffers are full.
  EXPECT_TRUE(comes_true([&] {
    hook->emit(game);
    return hook->counters().connections >= 2;
  }));
}

TEST_F(StreamingHookTest, EndsEvenIfTheShowcaseDoesNotRead) {
  TestShowcase showcase(Manner::stalling);
  HookOptions options = options_for(showcase.url());
  options.flush_deadline = 50ms;
  auto hook = connect(options);
  ASSERT_TRUE(comes_true([&] { return hook->counters().connected; }));
  // Until the operating system's buffers are full and events wait behind them.
  const GameFinishedEvent game = game_event(1, kMaxGameMoves);
  ASSERT_TRUE(comes_true([&] {
    hook->emit(game);
    return hook->counters().dropped_by.contains("game_finished/backlog_full");
  }));
  hook.reset();  // returns: that is the test
}

TEST_F(StreamingHookTest, DropsABoardMapThatIsNotFinite) {
  TestShowcase showcase;
  const auto hook = connect(options_for(showcase.url()));
  MoveEvent broken = move_event(0);
  broken.destinations[3] = kUnknown;
  hook->emit(broken);
  hook->emit(move_event(1));
  ASSERT_TRUE(comes_true([&] { return hook->counters().sent == 1; }));
  EXPECT_EQ(hook->counters().dropped_by.at("move/not_finite"), 1);
}

TEST_F(StreamingHookTest, RefusesAUrlThatIsNone) {
  EXPECT_THROW(connect(options_for("localhost:8080")), std::invalid_argument);
}

}  // namespace
}  // namespace keisei::hook

#include <gmock/gmock.h>
#include <signal.h>
#include <sys/resource.h>

#include <thread>

#include "base/testing/temporary_folder.h"
#include "hook/hook_test_kit.h"
#include "hook/transport/test_showcase.h"

// How a hook ends, and what it can still be asked then; and that it ends nothing else.
namespace keisei::hook {
namespace {

using namespace testing;
using ::testing::HasSubstr;
using Manner = TestShowcase::Manner;

class StreamingHookEndTest : public ::testing::Test {
 protected:
  std::unique_ptr<StreamingHook> connect(const HookOptions& options) {
    return std::make_unique<StreamingHook>(options, demo_run(), clock_);
  }
  static HookOptions options_for_nobody() {
    const std::uint16_t port = TestShowcase().port();
    return options_for("ws://127.0.0.1:" + std::to_string(port) + "/ingest");
  }

  const TemporaryFolder folder_;
  SystemClock clock_;
};

TEST_F(StreamingHookEndTest, SendsWhatIsLeftWhenItIsClosed) {
  const TestShowcase showcase;
  const auto hook = connect(options_for(showcase.url()));
  for (int i = 1; i <= 20; ++i) hook->emit(game_event(i));
  hook->close();
  EXPECT_EQ(hook->counters().acknowledged, 20U);
  EXPECT_EQ(hook->counters().dropped, 0U);
  EXPECT_FALSE(hook->counters().connected);
  EXPECT_EQ(hook->last_error(), "");
}

TEST_F(StreamingHookEndTest, TakesAGoodbyeForNoConfirmation) {
  const TestShowcase showcase(Manner::forgetful);
  HookOptions options = options_for(showcase.url());
  options.flush_deadline = 500ms;
  const auto hook = connect(options);
  for (int i = 1; i <= 3; ++i) hook->emit(game_event(i));
  ASSERT_TRUE(comes_true([&] { return hook->counters().sent == 3; }));
  hook->close();
  EXPECT_EQ(hook->counters().acknowledged, 0U);
  EXPECT_EQ(hook->counters().dropped_by,
            (std::map<std::string, std::int64_t>{{"game_finished/ended", 3}}));
}

TEST_F(StreamingHookEndTest, KeepsInItsFileWhatNobodyConfirmed) {
  HookOptions options = options_for_nobody();
  options.spill_file = folder_ / "spill";
  options.flush_deadline = 500ms;
  {
    const TestShowcase showcase(Manner::forgetful);
    options.url = showcase.url();
    const auto hook = connect(options);
    for (int i = 1; i <= 3; ++i) hook->emit(game_event(i));
    ASSERT_TRUE(comes_true([&] { return hook->counters().sent == 3; }));
    hook->close();
    EXPECT_EQ(hook->counters().acknowledged, 0U);
    EXPECT_EQ(hook->counters().dropped, 0U);
  }
  const TestShowcase showcase;
  options.url = showcase.url();
  const auto hook = connect(options);
  EXPECT_TRUE(comes_true([&] { return showcase.all<protocol::GameFinished>().size() == 3; }));
}

TEST_F(StreamingHookEndTest, CountsNothingAsArrivedWhenItIsTurnedAway) {
  TestShowcase showcase(Manner::forgetful);
  HookOptions options = options_for(showcase.url());
  const auto hook = connect(options);
  hook->emit(game_event(1));
  ASSERT_TRUE(comes_true([&] { return hook->counters().sent == 1; }));
  std::thread closing([&] { hook->close(); });
  showcase.dismiss(1013, "busy");
  closing.join();
  EXPECT_EQ(hook->counters().acknowledged, 0U);
  EXPECT_EQ(hook->counters().dropped_by.at("game_finished/ended"), 1);
  EXPECT_THAT(hook->last_error(), HasSubstr("1013"));
}

TEST_F(StreamingHookEndTest, WaitsForConfirmationsWhenItIsClosed) {
  TestShowcase showcase(Manner::forgetful);
  const auto hook = connect(options_for(showcase.url()));
  hook->emit(game_event(1));
  ASSERT_TRUE(comes_true([&] { return hook->counters().sent == 1; }));
  std::thread closing([&] { hook->close(); });
  // More than it has sent.
  showcase.say(protocol::encode(protocol::TelemetryAcknowledged{1000}, 0, 0));
  closing.join();
  EXPECT_EQ(hook->counters().acknowledged, 1U);
  EXPECT_EQ(hook->counters().dropped, 0U);
}

TEST_F(StreamingHookEndTest, CountsWhatIsEmittedWhileItEnds) {
  HookOptions options = options_for_nobody();
  Emitter* other = nullptr;
  // Whoever is told of the loss is called after the last look at what was emitted.
  options.tell = [&](const Notices::Notice& notice) {
    if (notice.topic == "results") other->emit(game_event(2));
  };
  const auto hook = connect(options);
  other = &hook->add_emitter();
  hook->emit(game_event(1));
  hook->close();
  EXPECT_EQ(hook->counters().emitted, 2U);
  EXPECT_EQ(hook->counters().dropped_by,
            (std::map<std::string, std::int64_t>{{"game_finished/ended", 2}}));
}

TEST_F(StreamingHookEndTest, CountsWhatCouldNeitherBeSentNorSaved) {
  const auto hook = connect(options_for_nobody());
  for (int i = 1; i <= 3; ++i) hook->emit(game_event(i));
  hook->emit(move_event(0));
  hook->close();
  const HookCounters counters = hook->counters();
  EXPECT_EQ(counters.emitted, 4U);
  EXPECT_EQ(counters.dropped_by,
            (std::map<std::string, std::int64_t>{{"game_finished/ended", 3}, {"move/ended", 1}}));
  EXPECT_EQ(counters.backlog_events, 0U);
  EXPECT_THAT(hook->last_error(), HasSubstr("cannot connect"));
}

TEST_F(StreamingHookEndTest, CountsWhatIsEmittedAfterTheEnd) {
  const auto hook = connect(options_for_nobody());
  hook->close();
  hook->close();
  hook->emit(game_event(1));
  EXPECT_EQ(hook->counters().dropped_by.at("game_finished/ended"), 1);
}

TEST_F(StreamingHookEndTest, TakesNoSignalThatTrainingWaitsFor) {
  sigset_t usr1;
  sigemptyset(&usr1);
  sigaddset(&usr1, SIGUSR1);
  const auto hook = connect(options_for_nobody());
  ASSERT_TRUE(comes_true([&] { return hook->counters().connect_failures > 0; }));
  ::pthread_sigmask(SIG_BLOCK, &usr1, nullptr);  // after the publisher began
  ::kill(::getpid(), SIGUSR1);  // would end the process on any thread that takes it
  const timespec soon{.tv_sec = 0, .tv_nsec = 50'000'000};
  ::nanosleep(&soon, nullptr);
  int taken = 0;
  ::sigwait(&usr1, &taken);
  EXPECT_EQ(taken, SIGUSR1);
  ::pthread_sigmask(SIG_UNBLOCK, &usr1, nullptr);
}

/// While this lives, files end at `bytes` and whoever writes on gets SIGXFSZ, as under `ulimit -f`.
class LimitedFiles {
 public:
  explicit LimitedFiles(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~LimitedFiles() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  LimitedFiles(const LimitedFiles&) = delete;
  LimitedFiles& operator=(const LimitedFiles&) = delete;

 private:
  rlimit before_{};
};

TEST_F(StreamingHookEndTest, DoesNotEndTheProcessWhoseFilesMayNotGrow) {
  HookOptions options = options_for_nobody();
  options.spill_file = folder_ / "spill";
  Told told;
  options.tell = told.teller();
  const LimitedFiles limit(0);  // what fits in part would only be cut short, without a signal
  const auto hook = connect(options);
  for (int i = 1; i <= 20; ++i) hook->emit(game_event(i));
  EXPECT_TRUE(comes_true([&] {
    for (const std::string& line : told.lines()) {
      if (line.find("saving results for the showcase: stopped working") == 0) return true;
    }
    return false;
  }));
}

}  // namespace
}  // namespace keisei::hook

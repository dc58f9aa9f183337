#include <fcntl.h>
#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <future>
#include <thread>

#include "base/testing/manual_clock.h"
#include "base/testing/temporary_folder.h"
#include "hook/hook_test_kit.h"
#include "hook/transport/test_showcase.h"
#include "protocol/close_reason.h"

// What people are told of a hook that does not stream.
namespace keisei::hook {
namespace {

using namespace testing;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::StartsWith;
using Manner = TestShowcase::Manner;

class StreamingHookNoticesTest : public ::testing::Test {
 protected:
  /// Time passes by hand: nothing times out by itself.
  HookOptions patient_options(const std::string& url) {
    HookOptions options = options_for(url);
    options.connect_timeout = options.write_timeout = options.confirm_within = 1h;
    options.tell = told_.teller();
    return options;
  }
  std::unique_ptr<StreamingHook> connect(const HookOptions& options) {
    return std::make_unique<StreamingHook>(options, demo_run(), manual_);
  }
  /// Lets time pass until the condition holds.
  bool in_time(const std::function<bool()>& condition) {
    return comes_true([&] {
      if (condition()) return true;
      manual_.pass(20ms);
      return false;
    });
  }
  /// Tries a few times in vain; everything that was told.
  std::vector<std::string> told_of_trying(const HookOptions& options) {
    const auto hook = connect(options);
    EXPECT_TRUE(in_time([&] { return hook->counters().connect_failures >= 4; }));
    EXPECT_EQ(told_.lines().size(), 1U);
    EXPECT_THAT(told_.lines().at(0), HasSubstr(hook->last_error()));
    return told_.lines();
  }

  const TemporaryFolder folder_;
  ManualClock manual_;
  Told told_;
};

TEST_F(StreamingHookNoticesTest, SaysOnceThatNobodyListensAndOnceThatItStreamsAgain) {
  const std::uint16_t port = TestShowcase().port();
  const std::string address = "127.0.0.1:" + std::to_string(port);
  const auto hook = connect(patient_options("ws://" + address + "/ingest"));
  ASSERT_TRUE(in_time([&] { return hook->counters().connect_failures >= 4; }));
  EXPECT_THAT(told_.lines(),
              ElementsAre("streaming to the showcase: stopped working: cannot connect to " +
                          address + ": Connection refused"));

  const TestShowcase showcase(Manner::friendly, port);
  ASSERT_TRUE(in_time([&] { return told_.lines().size() >= 2; }));
  EXPECT_THAT(told_.lines()[1], StartsWith("streaming to the showcase: works again"));
}

TEST_F(StreamingHookNoticesTest, SaysNothingWhileAllIsWell) {
  const TestShowcase showcase;
  {
    const auto hook = connect(patient_options(showcase.url()));
    hook->emit(game_event(1));
    ASSERT_TRUE(in_time([&] { return hook->counters().acknowledged == 1; }));
    manual_.pass(10s);
    hook->emit(game_event(2));
    ASSERT_TRUE(in_time([&] { return hook->counters().acknowledged == 2; }));
  }
  EXPECT_THAT(told_.lines(), ElementsAre());
}

TEST_F(StreamingHookNoticesTest, SaysThatTheTokenIsWrong) {
  const TestShowcase showcase(Manner::refusing);
  HookOptions options = patient_options(showcase.url());
  options.token_file = folder_.write("token", "wrong\n");
  EXPECT_THAT(told_of_trying(options)[0],
              HasSubstr("the showcase refused the token in " + options.token_file + " (HTTP 401)"));
}

TEST_F(StreamingHookNoticesTest, SaysThatThereIsNoToken) {
  const TestShowcase showcase(Manner::refusing);
  EXPECT_THAT(told_of_trying(patient_options(showcase.url()))[0],
              HasSubstr("no token file was given (HTTP 401)"));
}

TEST_F(StreamingHookNoticesTest, SaysThatTheTokenFileIsMissing) {
  const TestShowcase showcase(Manner::refusing);
  HookOptions options = patient_options(showcase.url());
  options.token_file = folder_ / "none";
  EXPECT_THAT(told_of_trying(options)[0], HasSubstr(options.token_file + ": No such file"));
}

TEST_F(StreamingHookNoticesTest, SaysThatTheTokenFileIsAFolder) {
  const TestShowcase showcase(Manner::refusing);
  HookOptions options = patient_options(showcase.url());
  options.token_file = folder_.path().string();
  EXPECT_THAT(told_of_trying(options)[0], HasSubstr(options.token_file + " is a folder"));
}

TEST_F(StreamingHookNoticesTest, SaysThatTheTokenFileIsAFifoInsteadOfWaitingForIt) {
  const TestShowcase showcase(Manner::refusing);
  HookOptions options = patient_options(showcase.url());
  options.token_file = folder_ / "fifo";
  ASSERT_EQ(::mkfifo(options.token_file.c_str(), 0600), 0);
  EXPECT_THAT(told_of_trying(options)[0], HasSubstr(" is no ordinary file"));
}

TEST_F(StreamingHookNoticesTest, SaysThatAPlainPortIsNotSecure) {
  const TestShowcase showcase;
  const std::string address = "127.0.0.1:" + std::to_string(showcase.port());
  EXPECT_THAT(told_of_trying(patient_options("wss://" + address + "/ingest"))[0],
              ::testing::AllOf(HasSubstr("no secure connection to " + address),
                               HasSubstr("is that port for ws://, not for wss://?")));
}

TEST_F(StreamingHookNoticesTest, SaysOnceThatAnotherTrainerTookOverAndKeepsAway) {
  TestShowcase showcase;
  const auto hook = connect(patient_options(showcase.url()));
  ASSERT_TRUE(comes_true([&] { return !showcase.texts().empty(); }));
  EXPECT_FALSE(showcase.heard_of_yielding());
  showcase.dismiss(protocol::kReplacedCode, protocol::kReplacedReason);
  ASSERT_TRUE(comes_true([&] { return !hook->counters().connected; }));
  EXPECT_THAT(told_.lines(), ElementsAre(HasSubstr("another trainer took over")));
  manual_.pass(59s);
  std::this_thread::sleep_for(50ms);  // were it to return, it could
  EXPECT_EQ(hook->counters().connections, 1U);
  manual_.pass(1s);
  ASSERT_TRUE(comes_true([&] { return hook->counters().connections == 2; }));
  EXPECT_TRUE(showcase.heard_of_yielding());
}

TEST_F(StreamingHookNoticesTest, LeavesAnotherTrainerAloneThatIsThere) {
  const TestShowcase showcase(Manner::occupied);
  const auto hook = connect(patient_options(showcase.url()));
  ASSERT_TRUE(comes_true([&] { return hook->counters().connect_failures == 1; }));
  for (const auto wait : {60s, 120s, 240s}) {
    manual_.pass(wait - 1s);
    const std::uint64_t before = hook->counters().connect_failures;
    std::this_thread::sleep_for(50ms);
    EXPECT_EQ(hook->counters().connect_failures, before);
    manual_.pass(1s);
    ASSERT_TRUE(comes_true([&] { return hook->counters().connect_failures == before + 1; }));
  }
  EXPECT_THAT(told_.lines(), ElementsAre(HasSubstr("another trainer took over")));
}

TEST_F(StreamingHookNoticesTest, SaysOnceWhatTheShowcaseCanMakeNothingOf) {
  TestShowcase showcase;
  const auto hook = connect(patient_options(showcase.url()));
  ASSERT_TRUE(in_time([&] { return hook->counters().connected; }));
  const protocol::TelemetryUnusable broken{protocol::Unusable::game, "game r1-1, move 1", 3};
  for (int i = 0; i < 5; ++i) showcase.say(protocol::encode(broken, 0, 0));
  showcase.say(protocol::encode(protocol::StreamControl{false}, 0, 0));
  ASSERT_TRUE(in_time([&] { return hook->stopped(); }));
  EXPECT_THAT(told_.lines(), ElementsAre("the showcase can make nothing of this: game r1-1, "
                                         "move 1 (3 times)"));
}

TEST_F(StreamingHookNoticesTest, HidesNoBrokenGameBehindAMetricThatIsOutOfRange) {
  TestShowcase showcase;
  const auto hook = connect(patient_options(showcase.url()));
  ASSERT_TRUE(in_time([&] { return hook->counters().connected; }));
  using protocol::Unusable;
  for (int i = 0; i < 5; ++i) {
    showcase.say(
        protocol::encode(protocol::TelemetryUnusable{Unusable::metric, "entropy", 1}, 0, 0));
  }
  showcase.say(protocol::encode(protocol::TelemetryUnusable{Unusable::game, "game r1-1", 1}, 0, 0));
  ASSERT_TRUE(comes_true([&] { return told_.lines().size() == 2; }));
  EXPECT_THAT(told_.lines(), ElementsAre(HasSubstr("entropy"), HasSubstr("game r1-1")));
}

TEST_F(StreamingHookNoticesTest, SaysThatTheShowcaseStandsStill) {
  TestShowcase showcase(Manner::forgetful);
  HookOptions options = patient_options(showcase.url());
  options.confirm_within = 10s;
  options.flush_deadline = 100ms;
  const auto hook = connect(options);
  ASSERT_TRUE(comes_true([&] { return !showcase.texts().empty(); }));
  const auto one_second = [this] {
    manual_.pass(1s);
    std::this_thread::sleep_for(20ms);
  };
  for (int i = 0; i < 9; ++i) one_second();
  EXPECT_THAT(told_.lines(), ElementsAre());
  ASSERT_TRUE(comes_true([&] {
    one_second();
    return !told_.lines().empty();
  }));
  EXPECT_THAT(told_.lines()[0], HasSubstr("the showcase has confirmed nothing for 10 s"));
  EXPECT_TRUE(hook->counters().connected) << "it is waited for";
}

// A network that was silent delivers what was confirmed before, and then that it is gone.
TEST_F(StreamingHookNoticesTest, SaysThatItStreamsAgainOnceSomethingNewIsConfirmed) {
  TestShowcase showcase(Manner::forgetful);
  HookOptions options = patient_options(showcase.url());
  options.confirm_within = 10s;
  options.flush_deadline = 100ms;
  const auto hook = connect(options);
  const auto told = [&](std::size_t lines) {
    return comes_true([&] {
      if (told_.lines().size() == lines) return true;
      manual_.pass(1s);
      std::this_thread::sleep_for(20ms);
      return false;
    });
  };
  ASSERT_TRUE(told(1));
  const auto confirm = [&](std::size_t messages) {
    const auto received = static_cast<std::int64_t>(messages);
    showcase.say(protocol::encode(protocol::TelemetryAcknowledged{received}, 0, 0));
  };
  confirm(5);
  showcase.say(protocol::encode(protocol::StreamControl{false}, 0, 0));  // heard after it
  ASSERT_TRUE(comes_true([&] { return hook->stopped(); }));
  EXPECT_EQ(told_.lines().size(), 1U);

  const std::size_t before = showcase.texts().size();
  ASSERT_TRUE(in_time([&] { return showcase.texts().size() >= before + 3; }));
  confirm(showcase.texts().size());
  ASSERT_TRUE(comes_true([&] { return told_.lines().size() == 2; }));
  EXPECT_THAT(told_.lines()[1], HasSubstr("works again"));
}

TEST_F(StreamingHookNoticesTest, TakesNoStandstillOfItsOwnForTheShowcases) {
  TestShowcase showcase(Manner::forgetful);
  HookOptions options = patient_options(showcase.url());
  options.confirm_within = 10s;
  options.flush_deadline = 100ms;
  const auto hook = connect(options);
  ASSERT_TRUE(comes_true([&] { return !showcase.texts().empty(); }));
  manual_.pass(1h);
  // The publisher has looked at its clock since.
  const std::size_t before = showcase.texts().size();
  ASSERT_TRUE(in_time([&] { return showcase.texts().size() >= before + 3; }));
  EXPECT_THAT(told_.lines(), ElementsAre());
}

TEST_F(StreamingHookNoticesTest, SaysThatResultsAreLost) {
  const std::uint16_t port = TestShowcase().port();
  HookOptions options = patient_options("ws://127.0.0.1:" + std::to_string(port) + "/ingest");
  options.rooms.of<GameFinishedEvent>().backlog = 4;
  const auto hook = connect(options);
  for (int i = 1; i <= 20; ++i) hook->emit(game_event(i));
  ASSERT_TRUE(in_time([&] { return hook->counters().dropped == 16; }));
  ASSERT_TRUE(in_time([&] { return told_.lines().size() == 2; }));
  EXPECT_THAT(told_.lines(),
              Contains(StartsWith("finished games and evaluations: lost for the showcase: "
                                  "game_finished/backlog_full")));
}

TEST_F(StreamingHookNoticesTest, SaysThatResultsCannotBeSaved) {
  const std::uint16_t port = TestShowcase().port();
  HookOptions options = patient_options("ws://127.0.0.1:" + std::to_string(port) + "/ingest");
  options.spill_file = folder_.path().string();
  const auto hook = connect(options);
  const std::string why = options.spill_file + ": Is a directory";
  EXPECT_TRUE(comes_true([&] {
    const auto lines = told_.lines();
    return std::count(lines.begin(), lines.end(),
                      "saving results for the showcase: stopped working: " + why) == 1;
  }));
}

TEST_F(StreamingHookNoticesTest, TellsOnItsOwnThreadWhatItFindsAtTheStart) {
  const TestShowcase showcase;
  HookOptions options = patient_options(showcase.url());
  options.spill_file = folder_.path().string();
  std::promise<std::thread::id> told_on;
  options.tell = [&](const Notices::Notice&) { told_on.set_value(std::this_thread::get_id()); };
  const auto hook = connect(options);
  EXPECT_NE(told_on.get_future().get(), std::this_thread::get_id());
}

TEST_F(StreamingHookNoticesTest, SaysThatTheFileOfSavedResultsIsFullAndThatItIsNotAnyMore) {
  const std::uint16_t port = TestShowcase().port();
  HookOptions options = patient_options("ws://127.0.0.1:" + std::to_string(port) + "/ingest");
  options.spill_file = folder_ / "spill";
  options.spill_bytes = 1000;
  const auto hook = connect(options);
  for (int i = 1; i <= 10; ++i) hook->emit(game_event(i));
  const std::string full = "may not grow beyond 1000 bytes";
  ASSERT_TRUE(in_time([&] { return told_.lines().size() == 2; }));
  EXPECT_TRUE(told_.lines()[0].find(full) != std::string::npos ||
              told_.lines()[1].find(full) != std::string::npos);

  auto showcase = std::make_unique<TestShowcase>(Manner::friendly, port);
  ASSERT_TRUE(in_time([&] { return hook->counters().acknowledged == 10; }));
  ASSERT_TRUE(in_time([&] { return told_.lines().size() == 3; }));  // streams again
  showcase.reset();
  ASSERT_TRUE(in_time([&] { return !hook->counters().connected; }));
  hook->emit(game_event(11));
  EXPECT_TRUE(in_time([&] {
    const auto lines = told_.lines();
    return std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
      return line.find("saving results for the showcase: works again") != std::string::npos;
    });
  }));
}

TEST_F(StreamingHookNoticesTest, SaysThatASavedResultWasDamaged) {
  const TestShowcase showcase;
  HookOptions options = patient_options(showcase.url());
  options.spill_file = folder_.write("spill", "{\"type\":\"game_fin\n");
  const auto hook = connect(options);
  ASSERT_TRUE(in_time([&] { return !told_.lines().empty(); }));
  EXPECT_THAT(told_.lines()[0], HasSubstr("skipped a line of " + options.spill_file));
}

/// Standard error is a pipe that takes nothing more, until it is read.
class FullPipe {
 public:
  FullPipe() : before_(::dup(STDERR_FILENO)) {
    EXPECT_EQ(::pipe2(ends_.data(), O_NONBLOCK | O_CLOEXEC), 0);
    const std::string much(4096, '.');
    while (::write(ends_[1], much.data(), much.size()) > 0) {
    }
    ::fcntl(ends_[1], F_SETFL, 0);  // whoever writes now waits
    ::dup2(ends_[1], STDERR_FILENO);
  }
  ~FullPipe() {
    ::dup2(before_, STDERR_FILENO);
    for (const int descriptor : {ends_[0], ends_[1], before_}) ::close(descriptor);
  }
  FullPipe(const FullPipe&) = delete;
  FullPipe& operator=(const FullPipe&) = delete;

  std::string read() const {
    std::string all;
    std::array<char, 4096> some{};
    for (ssize_t got = 0; (got = ::read(ends_[0], some.data(), some.size())) > 0;) {
      all.append(some.data(), static_cast<std::size_t>(got));
    }
    return all;
  }

 private:
  std::array<int, 2> ends_{};
  int before_;
};

TEST_F(StreamingHookNoticesTest, NeverWaitsForWhoeverDoesNotReadStandardError) {
  const FullPipe pipe;
  const std::uint16_t port = TestShowcase().port();
  HookOptions options = patient_options("ws://127.0.0.1:" + std::to_string(port) + "/ingest");
  options.tell = nullptr;
  const auto hook = connect(options);
  ASSERT_TRUE(in_time([&] { return hook->counters().connect_failures >= 4; }));
  EXPECT_EQ(pipe.read().find("keisei"), std::string::npos);

  const TestShowcase showcase(Manner::friendly, port);
  std::string told;
  ASSERT_TRUE(in_time([&] { return !(told += pipe.read()).empty() && told.back() == '\n'; }));
  EXPECT_THAT(told, StartsWith("keisei hook: streaming to the showcase: works again"));
  EXPECT_THAT(told, HasSubstr("(left out before: 1)"));
}

TEST_F(StreamingHookNoticesTest, WritesALineToStandardErrorUnlessToldOtherwise) {
  ::testing::internal::CaptureStderr();
  {
    const std::uint16_t port = TestShowcase().port();
    HookOptions options = options_for("ws://127.0.0.1:" + std::to_string(port) + "/ingest");
    options.tell = nullptr;
    const auto hook = connect(options);
    EXPECT_TRUE(in_time([&] { return hook->counters().connect_failures >= 4; }));
  }
  const std::string written = ::testing::internal::GetCapturedStderr();
  EXPECT_THAT(written, StartsWith("keisei hook: streaming to the showcase: stopped working: "));
  EXPECT_EQ(std::count(written.begin(), written.end(), '\n'), 1);
}

}  // namespace
}  // namespace keisei::hook

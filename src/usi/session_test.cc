#include "usi/session.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "base/testing/temporary_folder.h"

namespace keisei::usi {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::StartsWith;

const SystemClock kClock;
// Longer than anything takes; no test waits that long when all is well.
constexpr std::chrono::seconds kPatience{30};

/// Knows nothing: every legal move is as good as the others.
class Indifferent final : public search::Evaluator {
 public:
  void evaluate(std::span<const search::Question> questions,
                std::span<search::Answer> answers) override {
    for (std::size_t i = 0; i < questions.size(); ++i) {
      const std::size_t moves = questions[i].legal_moves->size();
      answers[i].log_probabilities.assign(moves, -std::log(static_cast<float>(moves)));
      answers[i].value = 0;
    }
  }
};

Result<ChosenNetwork::Loaded> load(const std::string& checkpoint, int) {
  if (checkpoint == "damaged") return fail("damaged: its checksum is wrong");
  return ChosenNetwork::Loaded{std::make_unique<Indifferent>(), checkpoint + ": run 7"};
}

/// A GUI in the same process: what the engine writes, whenever it does.
class Gui {
 public:
  explicit Gui(const std::string& checkpoint = "good") {
    EngineOptions options;
    options.checkpoint = checkpoint;
    options.nodes = 20;
    session.emplace("Engine 1", options, load, output, kClock, 1);
  }

  /// The first line from now on that begins so.
  std::string ask(std::string_view command, std::string_view answer) {
    std::unique_lock lock(mutex);
    lines.clear();
    lock.unlock();
    session->handle(command);
    lock.lock();
    std::string found;
    changed.wait_for(lock, kPatience, [&] {
      for (const std::string& line : lines) {
        if (found.empty() && line.starts_with(answer)) found = line;
      }
      return !found.empty();
    });
    return found;
  }

  /// Since the last question.
  std::vector<std::string> seen() {
    const std::lock_guard lock(mutex);
    return lines;
  }

  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> lines;
  Output output{[this](std::string_view line) {
    const std::lock_guard lock(mutex);
    lines.emplace_back(line);
    changed.notify_all();
  }};
  std::optional<Session> session;  // last: it writes to the others
};

TEST(Session, IntroducesItselfWithItsOptions) {
  Gui gui;
  EXPECT_EQ(gui.ask("usi", "usiok"), "usiok");
  EXPECT_THAT(gui.seen(), Contains("id name Engine 1"));
  EXPECT_THAT(gui.seen(), Contains("option name Checkpoint type filename default good"));
}

TEST(Session, AnswersEveryGoWithAMove) {
  Gui gui;
  gui.session->handle("position startpos moves 7g7f");
  EXPECT_THAT(gui.ask("go byoyomi 1000", "bestmove"), StartsWith("bestmove "));
  EXPECT_THAT(gui.seen(), Contains("info string good: run 7"));
}

TEST(Session, ThinksUntilItIsStopped) {
  Gui gui;
  gui.session->handle("go infinite");
  EXPECT_EQ(gui.ask("isready", "readyok"), "readyok") << "commands are answered meanwhile";
  EXPECT_THAT(gui.seen(), testing::Not(Contains(StartsWith("bestmove"))));
  EXPECT_THAT(gui.ask("stop", "bestmove"), StartsWith("bestmove "));
}

TEST(Session, KeepsTheNetworkThatItHasWhenAnotherIsNoGood) {
  Gui gui;
  gui.ask("isready", "readyok");
  gui.session->handle("setoption name Checkpoint value damaged");
  gui.ask("isready", "readyok");
  EXPECT_THAT(gui.seen(), Contains("info string error: damaged: its checksum is wrong; the "
                                   "checkpoint before is kept"));
  EXPECT_THAT(gui.ask("go byoyomi 1000", "bestmove"), testing::Not(HasSubstr("resign")));
}

TEST(Session, TakesTheNewestCheckpointOfAFolderAtEveryIsready) {
  const TemporaryFolder run;
  run.write("checkpoint-00000001.keisei", "");
  Gui gui(run.path());
  const std::string loaded = "info string " + run.path().string() + ": run 7";
  gui.ask("isready", "readyok");
  EXPECT_THAT(gui.seen(), Contains(loaded));
  gui.ask("isready", "readyok");
  EXPECT_THAT(gui.seen(), testing::Not(Contains(loaded))) << "there is no newer one";
  run.write("checkpoint-00000002.keisei", "");
  gui.ask("isready", "readyok");
  EXPECT_THAT(gui.seen(), Contains(loaded));
}

TEST(Session, TakesACheckpointThatWasWrittenAnew) {
  const TemporaryFolder run;
  const std::string file = run.write("best.keisei", "");
  Gui gui(file);
  gui.ask("isready", "readyok");
  std::filesystem::last_write_time(
      file, std::filesystem::last_write_time(file) + std::chrono::seconds(1));
  gui.ask("isready", "readyok");
  EXPECT_THAT(gui.seen(), Contains("info string " + file + ": run 7"));
}

TEST(Session, ResignsWithoutANetworkAndSaysWhy) {
  Gui gui("");
  EXPECT_EQ(gui.ask("go byoyomi 1000", "bestmove"), "bestmove resign");
  EXPECT_THAT(gui.seen(), Contains(HasSubstr("no checkpoint is loaded")));
}

TEST(Session, KeepsThePositionWhenTheNextIsNoGood) {
  Gui gui;
  gui.session->handle("position sfen 4k4/9/4P4/9/9/9/9/9/4K4 b G 1");
  EXPECT_THAT(gui.ask("position sfen nonsense", "info string error"),
              HasSubstr("the position before is kept"));
  EXPECT_EQ(gui.ask("go byoyomi 1000", "bestmove"), "bestmove G*5b");
}

TEST(Session, EndsWithQuit) {
  Gui gui;
  EXPECT_TRUE(gui.session->handle("make tea"));
  EXPECT_FALSE(gui.session->handle("quit"));
}

}  // namespace
}  // namespace keisei::usi

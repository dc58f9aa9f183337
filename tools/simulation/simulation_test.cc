#include "simulation/simulation.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/testing/temporary_folder.h"

namespace keisei::simulation {
namespace {

using namespace std::chrono_literals;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

const studio::Content& content() {
  static const studio::Content content =
      studio::Content::load(KEISEI_SOURCE_DIR "/content").value();
  return content;
}

/// Whole shows, in a folder of their own.
class SimulationTest : public ::testing::Test {
 protected:
  SimulationTest() : before_(std::filesystem::current_path()) {
    std::filesystem::current_path(folder_.path());
  }
  ~SimulationTest() override { std::filesystem::current_path(before_); }

  static SimulationReport run(SimulationOptions options) { return simulate(options, content()); }
  /// Half an hour in which nothing happens but this.
  static std::vector<std::string> broken_by(Sabotage sabotage,
                                            std::chrono::minutes length = 30min) {
    return run({.length = length, .has_faults = false, .sabotage = std::move(sabotage)}).broken;
  }
  static bool is_milestone(const broker::FramePtr& frame) {
    return frame->message == protocol::message_index<protocol::MilestoneReached>();
  }
  static bool has_milestone(const broker::FrameBatch& batch) {
    return std::any_of(batch.frames.begin(), batch.frames.end(), is_milestone);
  }

 private:
  TemporaryFolder folder_;
  std::filesystem::path before_;
};

TEST_F(SimulationTest, ShowsAQuietHourWithoutAFault) {
  const SimulationReport report = run({.has_faults = false});
  EXPECT_THAT(report.broken, IsEmpty());
  EXPECT_EQ(report.lost, 0u);
  EXPECT_GT(report.moves, 900u);
  EXPECT_GT(report.games, 5u);
  EXPECT_GT(report.kept, report.moves);
  EXPECT_GT(report.frames, 3600u);
}

TEST_F(SimulationTest, GivesTheSameBytesForTheSameSeed) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    std::vector<std::string> first, second;
    const auto one = run({.seed = seed, .story = [&](const auto& line) { first.push_back(line); }});
    const auto two =
        run({.seed = seed, .story = [&](const auto& line) { second.push_back(line); }});
    EXPECT_EQ(one.digest, two.digest) << "seed " << seed;
    EXPECT_EQ(first, second) << "seed " << seed;
    EXPECT_THAT(one.broken, IsEmpty()) << "seed " << seed;
    EXPECT_GT(one.faults, 5u);
  }
}

TEST_F(SimulationTest, GivesOtherBytesForAnotherSeed) {
  EXPECT_NE(run({.seed = 1, .length = 16min}).digest, run({.seed = 2, .length = 16min}).digest);
}

TEST_F(SimulationTest, NoticesAMoveThatWasNeverPlayed) {
  const auto broken = broken_by({.move = [](hook::MoveEvent& move) { move.game_number += 1000; }});
  EXPECT_THAT(broken, Contains(HasSubstr("nothing is shown that was not played")));
}

TEST_F(SimulationTest, NoticesAStoreThatLosesWhatItSaysIsKept) {
  const auto broken = broken_by({.entries = [](std::vector<store::Entry>& entries) {
    std::erase_if(entries, [](const store::Entry& entry) {
      return std::holds_alternative<store::KeptGame>(entry);
    });
  }});
  EXPECT_THAT(broken, Contains(HasSubstr("what is acknowledged is kept")));
}

TEST_F(SimulationTest, NoticesAnEdgeThatReorders) {
  std::vector<broker::FrameBatch> held;
  const auto broken = broken_by({.frames = [&](const broker::FrameBatch& batch) {
    held.insert(held.begin(), batch);
    return held.size() < 2 ? std::vector<broker::FrameBatch>{} : std::exchange(held, {});
  }});
  EXPECT_THAT(broken, Contains(HasSubstr("nothing older comes after something newer")));
}

TEST_F(SimulationTest, NoticesAnEdgeThatStandsStill) {
  int batches = 0;
  const auto broken = broken_by({.frames = [&](const broker::FrameBatch& batch) {
    return ++batches > 1000 ? std::vector<broker::FrameBatch>{}
                            : std::vector<broker::FrameBatch>{batch};
  }});
  EXPECT_THAT(broken, Contains(HasSubstr("every viewer ends with the newest state")));
}

TEST_F(SimulationTest, ShowsOnAfterABadMinuteAndAPowerCut) {
  const SimulationReport report = run(
      {.length = 30min,
       .has_faults = false,
       .script = {
           {5min, Fault::bad_minute}, {8min, Fault::showcase_killed}, {10min, Fault::power_lost}}});
  EXPECT_THAT(report.broken, IsEmpty());
  EXPECT_EQ(report.faults, 3u);
}

TEST_F(SimulationTest, NoticesAMoveThatIsKeptOtherwise) {
  const auto broken = broken_by({.entries = [](std::vector<store::Entry>& entries) {
    for (store::Entry& entry : entries) {
      if (auto* move = std::get_if<store::KeptMove>(&entry)) move->value = 2;
    }
  }});
  EXPECT_THAT(broken, Contains(HasSubstr("nothing is kept that was not played")));
}

TEST_F(SimulationTest, NoticesAStoreThatDoesNotComeBack) {
  const auto report =
      run({.length = 30min,
           .has_faults = false,
           .script = {{8min, Fault::showcase_killed}},
           .sabotage = {.file = [](std::string& bytes) { bytes.assign(bytes.size(), 'x'); }}});
  EXPECT_THAT(report.broken, Contains(HasSubstr("the store comes back")));
}

TEST_F(SimulationTest, NoticesAMilestoneThatComesTwice) {
  const auto broken = broken_by({.frames = [](const broker::FrameBatch& batch) {
    return std::vector<broker::FrameBatch>(has_milestone(batch) ? 2UL : 1UL, batch);
  }});
  EXPECT_THAT(broken, Contains(HasSubstr("no milestone comes twice")));
}

TEST_F(SimulationTest, NoticesAMilestoneThatIsLeftOut) {
  const auto broken = broken_by({.frames = [](const broker::FrameBatch& batch) {
    broker::FrameBatch rest = batch;
    std::erase_if(rest.frames, is_milestone);
    return std::vector<broker::FrameBatch>{rest};
  }});
  EXPECT_THAT(broken, Contains(HasSubstr("no milestone is left out")));
}

TEST_F(SimulationTest, NoticesAResultThatIsLostOnItsWay) {
  const auto broken = broken_by({.sends = [](std::string_view message) {
    return message.find(R"("type":"game_finished")") == std::string_view::npos;
  }});
  EXPECT_THAT(broken, Contains(HasSubstr("what is lost is counted")));
}

TEST_F(SimulationTest, NoticesATrainerThatCannotComeBack) {
  const auto broken = broken_by({.lets_in = [](std::size_t edge) { return edge != 0; }});
  EXPECT_THAT(broken, Contains(HasSubstr("everyone comes back: the trainer")));
  EXPECT_THAT(broken, Contains(HasSubstr("the show follows the training")));
}

TEST_F(SimulationTest, NoticesAViewerThatCannotComeBack) {
  const auto broken = broken_by({.lets_in = [](std::size_t edge) { return edge == 0; }});
  EXPECT_THAT(broken, Contains(HasSubstr("everyone comes back: viewer 2")));
}

TEST_F(SimulationTest, NoticesMemoryThatGrows) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer's memory is not the C library's";
#endif
  std::vector<broker::FrameBatch> kept;
  const auto broken = broken_by({.frames =
                                     [&](const broker::FrameBatch& batch) {
                                       kept.push_back(batch);
                                       return std::vector<broker::FrameBatch>{batch};
                                     }},
                                75min);
  EXPECT_THAT(broken, Contains(HasSubstr("memory is bounded")));
}

}  // namespace
}  // namespace keisei::simulation

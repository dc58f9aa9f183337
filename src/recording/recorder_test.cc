#include "recording/recorder.h"

#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/testing/full_disk.h"
#include "base/testing/manual_clock.h"
#include "base/testing/temporary_folder.h"
#include "recording/recording_test_kit.h"
#include "store/no_store.h"

namespace keisei::recording {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class RecorderTest : public ::testing::Test {
 protected:
  std::unique_ptr<Recorder> record(store::Library& library) {
    auto recorder = Recorder::create(path_, {"0.1.0", "c0ffee", 3000ms}, clock_, library, notices_);
    EXPECT_TRUE(recorder) << recorder.error().message;
    return std::move(*recorder);
  }
  std::unique_ptr<Recorder> record() { return record(no_store_); }
  std::vector<Turn> recorded() const {
    Reader reader = Reader::open(path_).value();
    return testing::all_of(reader);
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_ / "show.rec";
  ManualClock clock_;
  std::vector<std::string> told_;
  Notices notices_{clock_, [this](const auto& notice) { told_.push_back(line_of(notice)); }};
  store::NoStore no_store_;
};

TEST_F(RecorderTest, KeepsTheTurnsInTheirOrderWithTheirTimes) {
  auto recorder = record();
  const SteadyTime begin = clock_.steady();
  recorder->begin();
  recorder->end();
  clock_.pass(20ms);
  recorder->begin(broker::TrainerOpened{7});
  recorder->end();
  clock_.pass(3s);
  recorder->begin(studio::EntriesKept{nullptr, true});
  recorder->end();
  recorder.reset();
  const auto turns = recorded();
  ASSERT_EQ(turns.size(), 3U);
  EXPECT_TRUE(std::holds_alternative<Appointment>(turns[0].cause));
  EXPECT_EQ(turns[1].at.steady - begin, 20ms);
  EXPECT_TRUE(std::holds_alternative<broker::Input>(turns[1].cause));
  EXPECT_EQ(turns[2].at.wall - turns[1].at.wall, 3s);
  EXPECT_TRUE(std::get<PromiseAnswered>(turns[2].cause).kept);
}

TEST_F(RecorderTest, HoldsTheTimeStillDuringATurn) {
  const auto recorder = record();
  recorder->begin();
  const SteadyTime before = recorder->clock().steady();
  clock_.pass(1s);
  EXPECT_EQ(recorder->clock().steady(), before);
  recorder->end();
  recorder->begin();
  EXPECT_EQ(recorder->clock().steady() - before, 1s);
  recorder->end();
}

TEST_F(RecorderTest, OverhearsWhatTheStudioRecalls) {
  struct OneRun final : store::Library {
    store::RecalledRun recall(const std::string& run_id) override {
      if (run_id == "locked") return tl::unexpected(store::StoreError{});
      return run_id == "run" ? testing::memory() : nullptr;
    }
    store::RecalledRun recall_newest() override { return testing::memory(); }
  } library;
  auto recorder = record(library);
  recorder->begin();
  EXPECT_EQ((*recorder->library().recall_newest())->games, 5);
  EXPECT_EQ(*recorder->library().recall("another"), nullptr);
  EXPECT_FALSE(recorder->library().recall("locked").has_value());
  recorder->end();
  recorder->begin();
  recorder->end();
  recorder.reset();
  const auto turns = recorded();
  ASSERT_EQ(turns.size(), 2U);
  ASSERT_EQ(turns[0].recalls.size(), 3U);
  EXPECT_EQ(turns[0].recalls[0].memory->games, 5);
  EXPECT_EQ(turns[0].recalls[1].run_id, "another");
  EXPECT_EQ(turns[0].recalls[1].memory, nullptr);
  EXPECT_FALSE(turns[0].recalls[1].is_unreadable);
  EXPECT_TRUE(turns[0].recalls[2].is_unreadable);
  EXPECT_THAT(turns[1].recalls, IsEmpty());
}

// A month of updates: what is recalled is the store's and the studio's too, and waits for no disk.
TEST_F(RecorderTest, TakesAMemoryOfAnyLength) {
  struct LongRun final : store::Library {
    LongRun() {
      while (memory->updates.size() < 70'000) memory->updates.push_back(memory->updates[0]);
    }
    store::RecalledRun recall(const std::string&) override { return memory; }
    store::RecalledRun recall_newest() override { return memory; }
    std::shared_ptr<store::RunMemory> memory =
        std::make_shared<store::RunMemory>(*testing::memory());
  } library;
  auto recorder = record(library);
  recorder->begin();
  recorder->library().recall_newest();
  recorder->end();
  recorder.reset();
  EXPECT_THAT(told_, IsEmpty());
  const auto turns = recorded();
  ASSERT_EQ(turns.size(), 1U);
  EXPECT_EQ(turns[0].recalls.at(0).memory->updates.size(), 70'000U);
}

TEST_F(RecorderTest, LeavesOlderRecordingsAlone) {
  record();
  const std::string first = read_file(path_).value();
  EXPECT_EQ(record()->path(), folder_ / "show-2.rec");
  EXPECT_EQ(record()->path(), folder_ / "show-3.rec");
  EXPECT_EQ(read_file(path_).value(), first);
}

TEST_F(RecorderTest, SaysWhereItCannotRecord) {
  const auto recorder =
      Recorder::create(folder_ / "nowhere/show.rec", {"", "", 1ms}, clock_, no_store_, notices_);
  ASSERT_FALSE(recorder);
  EXPECT_THAT(recorder.error().message, HasSubstr("nowhere/show.rec: No such file"));
}

TEST_F(RecorderTest, TellsOnceThatTheDiskIsFullAndGoesOn) {
  auto recorder = record();
  const FullDisk full(std::filesystem::file_size(path_) + 100);
  for (int i = 0; i < 1000; ++i) {
    recorder->begin(broker::Telemetry{7, testing::text(testing::turn(i * 1us, Appointment{}))});
    recorder->end();
  }
  recorder.reset();
  EXPECT_THAT(told_, ElementsAre(HasSubstr("recording the show: stopped working")));
  EXPECT_THAT(recorded(), IsEmpty());
}

TEST_F(RecorderTest, TakesNoDriftBetweenTwoReadingsForASetClock) {
  struct Drifting final : Clock {
    SteadyTime steady() const override { return SteadyTime(1h + 10ms * reading); }
    WallTime wall() const override {
      return WallTime(500'000h + 10ms * reading + 1us * (reading % 3) + jump);
    }
    int reading = 0;
    std::chrono::milliseconds jump{0};
  } clock;
  MomentReader moments(clock);
  const Moment begin = moments.last();
  for (clock.reading = 1; clock.reading < 10; ++clock.reading) {
    const Moment now = moments.read();
    EXPECT_EQ(now.wall - begin.wall, now.steady - begin.steady);
  }
  clock.jump = 2ms;
  const Moment set = moments.read();
  EXPECT_GE(set.wall - begin.wall - (set.steady - begin.steady), 2ms);
}

}  // namespace
}  // namespace keisei::recording

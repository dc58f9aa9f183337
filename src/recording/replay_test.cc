#include "recording/replay.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/testing/manual_clock.h"
#include "base/testing/temporary_folder.h"
#include "broker/in_process_broker.h"
#include "broker/newest_frames.h"
#include "protocol/codec.h"
#include "recording/recorder.h"
#include "recording/recording_test_kit.h"
#include "recording/replay_loop.h"
#include "store/no_store.h"
#include "studio/programme.h"
#include "studio/studio_loop.h"
#include "studio/studio_test_kit.h"

namespace keisei::recording {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string text_of(const broker::Frame& frame) {
  std::string text = frame.viewer;
  for (const broker::Bytes& bytes : frame.variants) text += *bytes + "\n";
  return text;
}

// An edge that keeps what is on air, whoever sends it.
class Audience {
 public:
  explicit Audience(broker::EdgeSide& side)
      : attachment_(side.attach({[this](const broker::FrameBatch& batch) { take(batch); },
                                 [](const broker::TrainerWord&) {}})) {}

  void wait_until(const std::function<bool(const std::vector<std::string>&)>& enough) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return enough(frames_); });
  }
  std::vector<std::string> frames() {
    const std::lock_guard lock(mutex_);
    return frames_;
  }

 private:
  void take(const broker::FrameBatch& batch) {
    const std::lock_guard lock(mutex_);
    for (const broker::FramePtr& frame : batch.frames) frames_.push_back(text_of(*frame));
    changed_.notify_one();
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> frames_;
  std::unique_ptr<broker::EdgeSide::Attachment> attachment_;
};

std::function<bool(const std::vector<std::string>&)> has(std::string part, int times = 1) {
  return [part = std::move(part), times](const std::vector<std::string>& frames) {
    return std::count_if(frames.begin(), frames.end(), [&](const std::string& frame) {
             return frame.find(part) != std::string::npos;
           }) >= times;
  };
}

// Keeps everything at once, and knows a run of before.
class Memory final : public store::Keeper, public store::Library {
 public:
  void keep(std::vector<store::Entry>, Done done) override { done(true); }
  void settle() override {}
  store::RecalledRun recall(const std::string&) override { return nullptr; }
  store::RecalledRun recall_newest() override { return testing::memory(); }
};

// What a recording made, without what its replay says of itself.
std::vector<std::string> without_replay(std::vector<std::string> frames) {
  std::erase_if(frames, [](const std::string& frame) {
    return frame.find("\"type\":\"replay\"") != std::string::npos;
  });
  return frames;
}

bool is_end(const std::string& frame) {
  return frame.find("\"state\":\"ended\"") != std::string::npos;
}

class ReplayTest : public ::testing::Test {
 protected:
  // A show on the real clock, with a trainer who plays a game: what its viewers got.
  std::vector<std::string> record_a_show() {
    Counters counters;
    Notices notices(clock_, [](const auto&) {});
    broker::InProcessBroker broker(counters);
    Audience audience(broker);
    Memory memory;
    auto recorder = Recorder::create(path_, {KEISEI_VERSION, checksum_of_texts(content()), 50ms},
                                     clock_, memory, notices)
                        .value();
    studio::ProgrammeOptions options;
    options.director.per_move = 50ms;
    studio::StudioLoop loop(broker, memory,
                            studio::programme(content(), recorder->library(), recorder->clock(),
                                              options, counters, notices),
                            clock_, notices, recorder.get());
    std::thread thread([&] { loop.run(); });
    tell_a_game(broker);
    audience.wait_until(has("\"type\":\"game_state\"", 8));
    loop.stop();
    thread.join();
    return audience.frames();
  }
  void tell_a_game(broker::EdgeSide& edge) const {
    const auto say = [&](const auto& message) {
      edge.submit(broker::Telemetry{7, protocol::encode(message, 1, 1)}, nullptr);
    };
    const studio::testing::TrainerGame game(1, studio::testing::short_moves());
    edge.submit(broker::TrainerOpened{7}, nullptr);
    edge.submit(broker::ViewersCounted{"edge", 3}, nullptr);
    say(studio::testing::run("another run"));
    for (int ply = 0; ply < game.plies(); ++ply) {
      say(game.move(ply));
      say(game.attention(ply));
    }
    say(game.finish());
    protocol::TrainerMetrics metrics{};
    metrics.update = 1;
    metrics.metrics["ppo/kl_divergence_approx"] = 1.0 / 3;
    say(metrics);
    edge.submit(broker::Telemetry{7, "no JSON \x01"}, nullptr);
  }
  static const studio::Content& content() { return studio::testing::real_content(); }
  std::unique_ptr<Replay> open() const {
    return std::make_unique<Replay>(Reader::open(path_).value(), content());
  }
  std::vector<std::string> replayed() const {
    const auto replay = open();
    std::vector<std::string> frames;
    while (replay->next()) {
      for (const broker::FramePtr& frame : replay->take()) frames.push_back(text_of(*frame));
    }
    return frames;
  }
  // What viewers of a replay get until `enough`.
  std::vector<std::string> show(
      const ReplayOptions& options,
      const std::function<bool(const std::vector<std::string>&)>& enough) {
    Counters counters;
    broker::InProcessBroker broker(counters);
    Audience audience(broker);
    ReplayLoop loop(
        broker, open(), [&]() -> Result<std::unique_ptr<Replay>> { return open(); }, options,
        clock_, [&](const std::string& why) { ended_ = why; });
    std::thread thread([&] { loop.run(); });
    audience.wait_until(enough);
    loop.stop();
    thread.join();
    return audience.frames();
  }

  TemporaryFolder folder_;
  const std::string path_ = folder_ / "show.rec";
  SystemClock clock_;
  Notices notices_{clock_, [](const auto&) {}};
  store::NoStore no_store_;
  std::string ended_;
};

TEST_F(ReplayTest, MakesTheFramesThatViewersGotToTheLastByte) {
  const auto live = record_a_show();
  ASSERT_GE(live.size(), 8U);
  EXPECT_EQ(replayed(), live);
  EXPECT_EQ(replayed(), live);
}

TEST_F(ReplayTest, KnowsTheRunOfBeforeAsTheShowDid) {
  record_a_show();
  EXPECT_TRUE(has("\"name\":\"another run\"")(replayed()));
  Reader reader = Reader::open(path_).value();
  const auto first = reader.next();
  ASSERT_EQ(first->recalls.size(), 1U);
  EXPECT_EQ(first->recalls[0].memory->run.run_id, "run");
}

TEST_F(ReplayTest, SaysThatTheTextsAreOthers) {
  record_a_show();
  EXPECT_EQ(open()->difference(), "");
  {
    Recorder::create(folder_ / "other.rec", {KEISEI_VERSION, "c0ffee", 50ms}, clock_, no_store_,
                     notices_)
        .value();
  }
  const Replay other(Reader::open(folder_ / "other.rec").value(), content());
  EXPECT_THAT(other.difference(), HasSubstr("other texts"));
}

TEST_F(ReplayTest, ShowsWhatWasShownAndSaysThatItIsAReplay) {
  const auto live = record_a_show();
  const auto shown = show({.speed = 100}, has("\"state\":\"ended\""));
  EXPECT_TRUE(has("\"state\":\"playing\"")(shown));
  EXPECT_EQ(without_replay(shown), live);
  EXPECT_THAT(ended_, HasSubstr("it was closed"));
}

TEST_F(ReplayTest, BeginsWithThePresentOfALaterMoment) {
  record_a_show();
  const auto shown = show({.speed = 1, .from = 24h}, has("\"state\":\"ended\""));
  EXPECT_TRUE(has("\"type\":\"system_status\"")(shown));
  EXPECT_TRUE(has("\"type\":\"game_state\"")(shown));
  EXPECT_LE(shown.size(), protocol::kSlots + 2);
}

TEST_F(ReplayTest, BeginsInTheMiddleWithTheNewestOfEachAndGoesOnFromThere) {
  record_a_show();
  // The turn that puts the third position on the board, and what came before and after it.
  const auto replay = open();
  broker::NewestFrames until;
  std::vector<std::string> after;
  std::chrono::microseconds from{0};
  for (int positions = 0; replay->next();) {
    const auto frames = replay->take();
    for (const broker::FramePtr& frame : frames) {
      if (from == 0us && text_of(*frame).find("\"type\":\"game_state\"") != std::string::npos) {
        ++positions;
      }
      if (from != 0us) after.push_back(text_of(*frame));
    }
    if (from == 0us) until.take({1, frames});
    if (from != 0us || positions < 3) continue;
    from = std::chrono::duration_cast<std::chrono::microseconds>(replay->now().steady -
                                                                 replay->begin().steady);
  }
  ASSERT_GT(from, 0us);
  ASSERT_GE(after.size(), 3U);
  std::vector<std::string> expected;
  for (const broker::FramePtr& frame : until.all().frames) expected.push_back(text_of(*frame));
  expected.insert(expected.end(), after.begin(), after.end());
  const auto shown = without_replay(show({.speed = 100, .from = from}, has("\"state\":\"ended\"")));
  EXPECT_EQ(shown, expected);
}

TEST_F(ReplayTest, BeginsAgainWhenItHasEndedIfItLoops) {
  const auto live = record_a_show();
  const auto shown =
      show({.speed = 100, .loops = true, .pause = 0ms}, has("\"state\":\"ended\"", 2));
  auto twice = live;
  twice.insert(twice.end(), live.begin(), live.end());
  auto whole = without_replay(shown);
  whole.resize(std::min(whole.size(), twice.size()));  // the third showing may have begun
  EXPECT_EQ(whole, twice);
  const auto ended = std::find_if(shown.begin(), shown.end(), is_end);
  EXPECT_TRUE(has("\"state\":\"playing\"")({ended, shown.end()}));
}

TEST_F(ReplayTest, BeginsAgainInTheMiddleIfItDidSoBefore) {
  record_a_show();
  const auto shown =
      show({.speed = 100, .from = 24h, .loops = true, .pause = 0ms}, has("\"state\":\"ended\"", 2));
  const auto once = std::find_if(shown.begin(), shown.end(), is_end);
  const auto twice = std::find_if(once + 1, shown.end(), is_end);
  const auto first = without_replay({shown.begin(), once});
  EXPECT_THAT(first, ::testing::SizeIs(::testing::Le(protocol::kSlots)));
  EXPECT_EQ(without_replay({once + 1, twice}), first);
}

TEST_F(ReplayTest, StaysAtItsEndWhenItCannotBeReadAgain) {
  record_a_show();
  Counters counters;
  broker::InProcessBroker broker(counters);
  Audience audience(broker);
  std::promise<std::string> why;
  ReplayLoop loop(
      broker, open(), []() -> Result<std::unique_ptr<Replay>> { return fail("it is gone"); },
      {.speed = 100, .loops = true, .pause = 0ms}, clock_,
      [&](const std::string& said) {
        if (said == "it is gone") why.set_value(said);
      });
  std::thread thread([&] { loop.run(); });
  EXPECT_EQ(why.get_future().get(), "it is gone");
  loop.stop();
  thread.join();
  EXPECT_TRUE(has("\"state\":\"ended\"")(audience.frames()));
}

TEST_F(ReplayTest, TakesNoInputs) {
  record_a_show();
  Counters counters;
  broker::InProcessBroker broker(counters);
  Audience audience(broker);
  ReplayLoop loop(broker, open(), nullptr, {}, clock_, [](const std::string&) {});
  std::thread thread([&] { loop.run(); });
  audience.wait_until(has("\"type\":\"replay\""));
  std::optional<broker::Answer> answer;
  broker.submit(broker::TrainerOpened{9}, [&](const broker::Answer& said) { answer = said; });
  EXPECT_EQ(answer->error(), broker::Refusal::no_studio);
  loop.stop();
  thread.join();
}

}  // namespace
}  // namespace keisei::recording

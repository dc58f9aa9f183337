#include "recording/replay.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/testing/manual_clock.h"
#include "base/testing/temporary_folder.h"
#include "broker/in_process_broker.h"
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
  std::shared_ptr<const store::RunMemory> recall(const std::string&) override { return nullptr; }
  std::shared_ptr<const store::RunMemory> recall_newest() override { return testing::memory(); }
};

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
  auto shown = show({.speed = 100}, has("\"state\":\"ended\""));
  EXPECT_TRUE(has("\"state\":\"playing\"")(shown));
  std::erase_if(shown, [](const std::string& frame) {
    return frame.find("\"type\":\"replay\"") != std::string::npos;
  });
  EXPECT_EQ(shown, live);
  EXPECT_THAT(ended_, HasSubstr("it was closed"));
}

TEST_F(ReplayTest, BeginsWithThePresentOfALaterMoment) {
  record_a_show();
  const auto shown = show({.speed = 1, .from = 24h}, has("\"state\":\"ended\""));
  EXPECT_TRUE(has("\"type\":\"system_status\"")(shown));
  EXPECT_TRUE(has("\"type\":\"game_state\"")(shown));
  EXPECT_LE(shown.size(), protocol::kSlots + 2);
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

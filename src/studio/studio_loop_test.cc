#include "studio/studio_loop.h"

#include <gmock/gmock.h>

#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "base/testing/comes_true.h"
#include "broker/in_process_broker.h"
#include "protocol/encode.h"
#include "store/testing/manual_keeper.h"
#include "studio/programme.h"
#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using broker::Answer;
using broker::Refusal;

// The studio between a real broker and a test that plays the edge.
class StudioLoopTest : public ::testing::Test {
 protected:
  StudioLoopTest() {
    loop_.emplace(broker_, keeper_,
                  programme(testing::real_content(), keeper_, clock_, ProgrammeOptions{}, counters_,
                            notices_),
                  clock_, notices_);
  }
  ~StudioLoopTest() override { stop(); }

  // For tests that poll it: the fixture's is gone by then.
  StudioLoop loop_by(const Clock& clock) {
    return StudioLoop(
        broker_, keeper_,
        programme(testing::real_content(), keeper_, clock, ProgrammeOptions{}, counters_, notices_),
        clock, notices_);
  }
  void start() {
    thread_ = std::thread([this] { loop_->run(); });
  }
  void stop() {
    if (!thread_.joinable()) return;
    loop_->stop();
    thread_.join();
  }
  std::future<Answer> submit(broker::Input input) {
    auto promise = std::make_shared<std::promise<Answer>>();
    broker_.submit(std::move(input),
                   [promise](const Answer& answer) { promise->set_value(answer); });
    return promise->get_future();
  }
  // Until nothing more is taken; returns how many bytes of telemetry wait then.
  std::size_t fill() {
    std::size_t bytes = 0;
    for (const std::size_t size : {60'000, 2}) {
      while (!is_answered(submit(broker::Telemetry{1, std::string(size, ' ')}))) bytes += size;
    }
    return bytes;
  }
  // None if it was taken.
  static std::optional<Refusal> refusal_of(std::future<Answer> answer) {
    const Answer given = answer.get();
    return given ? std::nullopt : std::optional(given.error());
  }
  static bool is_answered(const std::future<Answer>& answer) {
    return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }

  ManualClock clock_;
  Counters counters_;
  std::vector<std::string> told_;
  Notices notices_{clock_, [this](const auto& notice) { told_.push_back(line_of(notice)); }};
  broker::InProcessBroker broker_{counters_};
  store::ManualKeeper keeper_;
  std::optional<StudioLoop> loop_;
  std::thread thread_;
};

TEST_F(StudioLoopTest, TakesAnInputWhenItHasWorkedItInAndNotBefore) {
  auto answer = submit(broker::TrainerOpened{1});
  EXPECT_FALSE(is_answered(answer));
  start();
  EXPECT_TRUE(answer.get());
}

TEST_F(StudioLoopTest, TakesWhatHasComeWhenItIsPolled) {
  loop_.reset();
  const SystemClock clock;  // by which the loop's timer goes
  StudioLoop loop = loop_by(clock);
  auto answer = submit(broker::TrainerOpened{1});
  EXPECT_FALSE(is_answered(answer));
  const SteadyTime before = clock.steady();
  const SteadyTime due = loop.poll();
  ASSERT_TRUE(is_answered(answer));
  EXPECT_TRUE(answer.get());
  EXPECT_GT(due, before);
  EXPECT_LT(due, SteadyTime::max());
}

TEST_F(StudioLoopTest, TakesAnInputWhenWhatItMadeToBeKeptIsKept) {
  keeper_.hold();
  start();
  EXPECT_TRUE(submit(broker::TrainerOpened{1}).get());  // nothing of it is kept
  auto told = submit(broker::Telemetry{1, protocol::encode(testing::run("run"), 1, 1)});
  submit(broker::ViewersCounted{"edge", 1}).get();  // whose turn comes after
  EXPECT_FALSE(is_answered(told));
  EXPECT_EQ(keeper_.entries().size(), 1u);
  keeper_.settle();
  EXPECT_TRUE(told.get());
  stop();
}

TEST_F(StudioLoopTest, TakesWhatIsSaidAgainNotBeforeTheFirstTimeIsKept) {
  const auto say = [this](broker::Session session, const auto& message) {
    return submit(broker::Telemetry{session, protocol::encode(message, 1, 1)});
  };
  const auto game = testing::TrainerGame(1, testing::short_moves()).finish();
  keeper_.hold();
  start();
  submit(broker::TrainerOpened{1}).get();
  say(1, testing::run("run"));
  auto first = say(1, game);
  submit(broker::TrainerOpened{2}).get();
  say(2, testing::run("run"));
  auto again = say(2, game);
  submit(broker::ViewersCounted{"edge", 1}).get();  // whose turn comes after
  EXPECT_FALSE(is_answered(first));
  EXPECT_FALSE(is_answered(again));
  keeper_.settle();
  EXPECT_TRUE(again.get());
  stop();
}

TEST_F(StudioLoopTest, AnswersForAllThatItHasWorkedInBeforeItGoes) {
  keeper_.hold();
  start();
  submit(broker::TrainerOpened{1});
  auto told = submit(broker::Telemetry{1, protocol::encode(testing::run("run"), 1, 1)});
  submit(broker::ViewersCounted{"edge", 1}).get();
  stop();
  loop_.reset();
  EXPECT_TRUE(told.get());
}

TEST_F(StudioLoopTest, RefusesWhatCanBeSaidAgainWhenTooMuchWaits) {
  fill();
  const std::vector<broker::Input> refused = {broker::Telemetry{1, "{}"},
                                              broker::ViewerSaid{"c0ffee", "{}"},
                                              broker::ChatSaid{"web", "ann", "7g7f"}};
  for (const broker::Input& input : refused) {
    auto answer = submit(input);
    ASSERT_TRUE(is_answered(answer)) << "kind " << input.index();
    EXPECT_EQ(refusal_of(std::move(answer)), Refusal::full);
  }
  const std::vector<broker::Input> waits = {broker::TrainerOpened{1}, broker::TrainerClosed{1},
                                            broker::OperatorSaid{protocol::Command::stop_streaming},
                                            broker::ViewersCounted{"edge", 1}};
  for (const broker::Input& input : waits) {
    EXPECT_FALSE(is_answered(submit(input))) << "kind " << input.index();
  }
}

TEST_F(StudioLoopTest, BoundsWhatWaitsInBytes) { EXPECT_LE(fill(), StudioLoop::kMostWaiting); }

TEST_F(StudioLoopTest, BoundsTheNewsOfTrainersThatComeAndGo) {
  fill();
  const std::size_t most = StudioLoop::kReserve / StudioLoop::kOverhead;
  std::size_t taken = 0;
  while (taken <= most && !is_answered(submit(broker::TrainerOpened{1}))) ++taken;
  EXPECT_LE(taken, most);
}

TEST_F(StudioLoopTest, TellsOnceThatItRefuses) {
  fill();
  for (int i = 0; i < 100; ++i) submit(broker::Telemetry{1, "{}"});
  EXPECT_THAT(told_,
              ::testing::ElementsAre("an input was refused: too much waits to be worked in"));
}

TEST_F(StudioLoopTest, TellsThatItStandsStillAndThatItGoesOn) {
  std::vector<std::future<Answer>> answers;
  answers.push_back(submit(broker::ViewersCounted{"edge", 1}));
  for (int i = 0; i < 10; ++i) {
    clock_.pass(std::chrono::seconds(1));
    answers.push_back(submit(broker::ViewersCounted{"edge", 1}));
  }
  start();
  for (auto& answer : answers) EXPECT_TRUE(answer.get());
  stop();
  EXPECT_THAT(told_, ::testing::ElementsAre(
                         "making the show: stopped working: nothing was worked in for 5 s",
                         "making the show: works again (was: nothing was worked in for 5 s)"));
}

TEST_F(StudioLoopTest, SaysNothingOfAStandstillAfterAQuietTime) {
  clock_.pass(std::chrono::minutes(10));
  auto first = submit(broker::ViewersCounted{"edge", 1});
  auto second = submit(broker::ViewersCounted{"edge", 1});
  EXPECT_THAT(told_, ::testing::IsEmpty());
}

TEST_F(StudioLoopTest, TakesAStoreThatHangsForNoStandstill) {
  const std::string hangs = "the store's answer: stopped working: there was none for 5 s";
  keeper_.hold();
  start();
  submit(broker::TrainerOpened{1});
  auto told = submit(broker::Telemetry{1, protocol::encode(testing::run("run"), 1, 1)});
  submit(broker::ViewersCounted{"edge", 1}).get();  // whose turn comes after
  clock_.pass(StudioLoop::kStandstill + std::chrono::seconds(1));
  submit(broker::ViewersCounted{"edge", 2}).get();
  EXPECT_THAT(told_, ::testing::Contains(hangs));
  keeper_.settle();
  submit(broker::ViewersCounted{"edge", 3}).get();
  stop();
  EXPECT_THAT(told_,
              ::testing::Contains("the store's answer: works again (was: there was none for 5 s)"));
  EXPECT_THAT(told_,
              ::testing::Not(::testing::Contains(::testing::StartsWith("making the show:"))));
}

TEST_F(StudioLoopTest, SaysNothingOfAStoreThatHadNothingToKeep) {
  keeper_.hold();
  start();
  clock_.pass(std::chrono::minutes(10));
  submit(broker::TrainerOpened{1});
  auto told = submit(broker::Telemetry{1, protocol::encode(testing::run("run"), 1, 1)});
  submit(broker::ViewersCounted{"edge", 1}).get();
  EXPECT_THAT(told_, ::testing::IsEmpty());
  keeper_.settle();
  stop();
}

TEST_F(StudioLoopTest, GivesBackWhatItHasNotReadWhenItEnds) {
  auto answer = submit(broker::Telemetry{1, "{}"});
  loop_.reset();
  EXPECT_EQ(refusal_of(std::move(answer)), Refusal::stopped);
  EXPECT_EQ(refusal_of(submit(broker::Telemetry{1, "{}"})), Refusal::no_studio);
}

// What goes out while an evaluation is kept, which is promised, and with it a milestone.
class HeldFramesTest : public StudioLoopTest {
 protected:
  void SetUp() override {
    keeper_.hold();
    clock_.pass(std::chrono::hours(1'000'000));  // a timer by this clock never fires by itself
  }
  void say(const auto& message) { submit(broker::Telemetry{1, protocol::encode(message, 1, 1)}); }
  static protocol::EvaluationFinished evaluation(std::int64_t update, double elo) {
    protocol::EvaluationFinished finished{};
    finished.update = update;
    finished.elo = elo;
    finished.elo_error = 10;
    return finished;
  }
  // The second says that 200 Elo are reached, which the first was below, and comes after a quiet
  // time: its frames are made at once.
  void evaluate_twice(const auto& work_in, const auto& wait) {
    submit(broker::TrainerOpened{1});
    say(testing::run("run"));
    say(evaluation(1, 100));
    work_in();
    keeper_.settle();
    work_in();
    wait();
    batches_ = frames_ = 0;
    say(evaluation(2, 300));
    work_in();
  }

  std::atomic<int> batches_ = 0;
  std::atomic<int> frames_ = 0;
  std::atomic<int> milestones_ = 0;
  std::unique_ptr<broker::EdgeSide::Attachment> edge_ = broker_.attach(
      {[this](const broker::FrameBatch& batch) {
         ++batches_;
         frames_ += static_cast<int>(batch.frames.size());
         for (const broker::FramePtr& frame : batch.frames) {
           if (frame->message == protocol::message_index<protocol::MilestoneReached>()) {
             ++milestones_;
           }
         }
       },
       [](const broker::TrainerWord&) {}});
};

TEST_F(HeldFramesTest, GoOutTogetherWithTheNewsThatHadToBeKeptFirst) {
  evaluate_twice([&] { loop_->poll(); }, [&] { clock_.pass(std::chrono::minutes(1)); });
  EXPECT_EQ(batches_, 0);
  keeper_.settle();
  loop_->poll();
  EXPECT_EQ(batches_, 1);
  EXPECT_EQ(milestones_, 1);
  EXPECT_GT(frames_, 1);
}

// By a clock that nobody moves: how soon is not asked, a busy machine may take its time.
TEST_F(HeldFramesTest, GoOutAloneWhenTheKeeperTakesLong) {
  loop_.reset();
  const SystemClock clock;
  StudioLoop loop = loop_by(clock);
  evaluate_twice([&] { loop.poll(); },
                 [&] {
                   for (int i = 0; i < 30; ++i) {
                     std::this_thread::sleep_for(std::chrono::milliseconds(10));
                     loop.poll();
                   }
                 });
  EXPECT_TRUE(comes_true([&] {
    loop.poll();
    return batches_ > 0;
  }));
  EXPECT_EQ(milestones_, 0);
  keeper_.settle();
  loop.poll();
  EXPECT_EQ(milestones_, 1);
}

TEST_F(StudioLoopTest, SpeaksWithItsEpoch) {
  std::promise<broker::Epoch> frames;
  std::promise<broker::TrainerWord> word;
  bool first = true;
  const auto edge =
      broker_.attach({[&](const broker::FrameBatch& batch) {
                        if (std::exchange(first, false)) frames.set_value(batch.epoch);
                      },
                      [&](const broker::TrainerWord& told) { word.set_value(told); }});
  auto answer = submit(broker::TrainerOpened{7});
  submit(broker::OperatorSaid{protocol::Command::stop_streaming});
  start();
  const broker::Epoch epoch = answer.get()->epoch;
  EXPECT_EQ(frames.get_future().get(), epoch);
  const auto told = word.get_future().get();
  EXPECT_EQ(told.epoch, epoch);
  EXPECT_EQ(told.session, 7);
  EXPECT_FALSE(std::get<protocol::StreamControl>(told.word).streaming);
  stop();
}

}  // namespace
}  // namespace keisei::studio

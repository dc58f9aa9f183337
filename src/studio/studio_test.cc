#include "studio/programme.h"

#include <gmock/gmock.h>

#include "studio/run/telemetry_desk.h"
#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using protocol::Language;
using protocol::Level;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using testing::TrainerGame;

class StudioTest : public ::testing::Test {
 protected:
  void connect(broker::Session session = 1) {
    session_ = session;
    give(broker::TrainerOpened{session});
  }
  template <class Event>
  void tell(const Event& event) {
    give(broker::Telemetry{session_, protocol::encode(event, 1, 1)});
  }
  void give(const broker::Input& input) {
    studio_.handle(input);
    studio_.advance();
  }
  // Keeps the studio's appointments while the time passes, as its loop does.
  void pass(std::chrono::milliseconds time) {
    const SteadyTime end = clock_.steady() + time;
    while (clock_.steady() < end) {
      const auto next = std::clamp(studio_.due(), clock_.steady() + 1ms, end);
      clock_.pass(std::chrono::ceil<std::chrono::milliseconds>(next - clock_.steady()));
      studio_.advance();
    }
  }
  protocol::RunStarted run(std::string id = "run") const {
    protocol::RunStarted started{};
    started.run_id = std::move(id);
    started.reward = protocol::Reward::shaped;
    started.shaping_coefficient = 0.5;
    started.clip_epsilon = 0.2;
    started.environments = 1;
    return started;
  }
  protocol::TrainerMetrics metrics(std::int64_t update, double kl = 0.01) const {
    protocol::TrainerMetrics metrics{};
    metrics.update = update;
    metrics.emitted_at = unix_seconds(clock_.wall());
    metrics.metrics["ppo/kl_divergence_approx"] = kl;
    metrics.metrics["ppo/clip_fraction"] = 0.1;
    return metrics;
  }
  static std::string_view type_of(const broker::FramePtr& frame) {
    return protocol::kMessageTable[frame->message].type;
  }
  int count(std::string_view type) const {
    return static_cast<int>(std::count_if(
        frames_.begin(), frames_.end(), [&](const auto& frame) { return type_of(frame) == type; }));
  }
  const std::string& last(std::string_view type, Level level = Level::intermediate) const {
    static const std::string kNone = "no such frame";
    for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
      if (type_of(*frame) == type) {
        return *(*frame)->variants[protocol::variant_index(level, Language::en)];
      }
    }
    return kNone;
  }

  std::uint64_t dropped(protocol::DropReason reason) {
    return counters_
        .family<protocol::DropReason>("keisei_studio_hook_events_dropped_total", "")[reason]
        .value();
  }
  CounterFamily<Unused> unused() {
    return counters_.family<Unused>("keisei_studio_telemetry_unused_total", "");
  }

  ManualClock clock_;
  Counters counters_;
  std::vector<broker::FramePtr> frames_;
  std::vector<std::pair<broker::Session, bool>> words_;  // to trainers: whether to stream
  broker::Session session_ = 0;
  Studio studio_{
      programme(testing::real_content(), clock_, ProgrammeOptions{}, counters_),
      clock_,
      {[this](const auto& batch) { frames_.insert(frames_.end(), batch.begin(), batch.end()); },
       [this](const Air::Word& word) { words_.emplace_back(word.session, word.word.streaming); }}};
};

TEST_F(StudioTest, WaitsBeforeTheFirstTrainer) {
  studio_.advance();
  EXPECT_THAT(last("system_status"), HasSubstr(R"("training":"waiting")"));
}

TEST_F(StudioTest, SendsTheFirstUpdateAfterAQuietTimeAtOnce) {
  connect();
  tell(run());
  pass(1s);
  tell(metrics(1));
  EXPECT_EQ(count("ppo_metrics"), 1);
}

TEST_F(StudioTest, MergesUpdatesUntilTheIntervalEnds) {
  connect();
  tell(run());
  pass(1s);
  for (int update = 1; update <= 5; ++update) tell(metrics(update));
  EXPECT_EQ(count("ppo_metrics"), 1);
  pass(99ms);
  EXPECT_EQ(count("ppo_metrics"), 1);
  pass(1ms);
  EXPECT_EQ(count("ppo_metrics"), 2);
  EXPECT_THAT(last("ppo_metrics"), HasSubstr(R"("update":5)"));
  EXPECT_THAT(last("ppo_metrics"),
              HasSubstr(R"("history":{"from":0.01,"to":0.01,"points":"AAAAAAAAAA"})"))
      << "merging loses no update from the history";
  pass(5s);
  EXPECT_EQ(count("ppo_metrics"), 2) << "nothing new, nothing sent";
}

TEST_F(StudioTest, PausesAtOnceWhenTheTrainersConnectionCloses) {
  connect();
  tell(run());
  pass(500ms);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("training":"running")"));
  give(broker::TrainerClosed{1});
  EXPECT_THAT(last("system_status"), HasSubstr(R"("training":"paused")"));
}

TEST_F(StudioTest, PausesAfterSixSecondsOfSilenceAndNotBefore) {
  connect();
  tell(run());
  for (int i = 0; i < 5; ++i) {
    pass(1s);
    tell(protocol::Heartbeat{});
  }
  pass(5s);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("training":"running")"));
  pass(1100ms);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("training":"paused")"));
}

TEST_F(StudioTest, SaysWhatTheHookSaysOfItself) {
  connect();
  tell(run());
  protocol::Heartbeat heartbeat{};
  heartbeat.emitted = 10;
  heartbeat.dropped = {{"move/ring_full", 1}, {"move/measuring", 2}, {"attention/stopped", 4}};
  heartbeat.impact_pct = 0.25;
  heartbeat.impact_low_pct = -0.125;
  heartbeat.impact_high_pct = 0.5;
  heartbeat.stage = protocol::StreamingStage::reduced;
  heartbeat.stopped = true;
  tell(heartbeat);
  pass(1s);
  EXPECT_THAT(
      last("system_status"),
      HasSubstr(
          R"("hook":{"connected":true,"emitted":10,"dropped":1,"withheld":6,"impact_pct":0.25,)"
          R"("impact_low_pct":-0.125,"impact_high_pct":0.5,"stage":"reduced","stopped":true})"));
  EXPECT_THAT(last("system_status"), HasSubstr("the streamer has paused the live view"));
}

TEST_F(StudioTest, CountsWhatOneHookAfterTheOtherHasDropped) {
  connect();
  tell(run());
  protocol::Heartbeat heartbeat{};
  heartbeat.emitted = 10;
  heartbeat.dropped = {{"move/ring_full", 1}, {"attention/ring_full", 2}, {"move/measuring", 5}};
  tell(heartbeat);
  heartbeat.emitted = 20;
  heartbeat.dropped["move/ring_full"] = 4;
  heartbeat.dropped["move/a_later_reason"] = 9;
  tell(heartbeat);
  EXPECT_EQ(dropped(protocol::DropReason::ring_full), 6U);
  EXPECT_EQ(dropped(protocol::DropReason::measuring), 5U);
  connect(2);
  heartbeat.emitted = 1;
  heartbeat.dropped = {{"move/ring_full", 1}};
  tell(heartbeat);
  EXPECT_EQ(dropped(protocol::DropReason::ring_full), 7U);
}

TEST_F(StudioTest, TakesARepeatedUpdateOfARunThatBeginsAgain) {
  connect();
  const auto first = metrics(1);
  tell(run("b"));
  tell(first);
  connect(2);  // the hook is not sure what of its runs has arrived
  tell(run("a"));
  pass(1s);
  tell(run("b"));
  tell(first);
  EXPECT_EQ(unused()[Unused::repeated_update].value(), 0U);
}

TEST_F(StudioTest, CountsAnUpdateOnceThatIsToldTwice) {
  connect();
  tell(run());
  tell(metrics(1));
  tell(metrics(1));
  pass(1s);
  EXPECT_THAT(last("ppo_metrics"), HasSubstr(R"("history":{"from":0.01,"to":0.01,"points":"AA"})"));
}

TEST_F(StudioTest, CountsAGameOnceThatIsToldTwice) {
  connect();
  tell(run());
  const TrainerGame game(1, testing::short_moves());
  for (int i = 0; i < 3; ++i) tell(game.finish());
  tell(TrainerGame(2, testing::short_moves()).finish());
  pass(1s);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("games":2)"));
  EXPECT_EQ(unused()[Unused::repeated_game].value(), 2u);
}

// After a crash a run goes on from its checkpoint and counts its games on from there.
TEST_F(StudioTest, CountsAnotherGameOfTheSameIdAfterARunWasResumed) {
  connect();
  tell(run());
  auto finished = TrainerGame(1, testing::short_moves()).finish();
  tell(finished);
  connect();
  tell(run());
  tell(finished);
  finished.emitted_at += 60;
  tell(finished);
  pass(1s);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("games":2)"));
  EXPECT_EQ(unused()[Unused::repeated_game].value(), 1u);
}

TEST_F(StudioTest, TakesTheHealthOfTheRunBeforeOffTheAir) {
  connect();
  tell(run("one"));
  tell(metrics(7, 0.2));
  pass(1s);
  tell(run("two"));
  pass(1s);
  const std::string& news = last("ppo_metrics");
  EXPECT_THAT(news, HasSubstr(R"("update":0)"));
  EXPECT_THAT(news, HasSubstr("no update yet"));
  EXPECT_THAT(news, HasSubstr(R"("history":{"from":0,"to":0,"points":""})"));
}

TEST_F(StudioTest, SaysNothingOfTheHealthOfAFirstRunBeforeItsFirstUpdate) {
  connect();
  tell(run());
  pass(5s);
  EXPECT_EQ(count("ppo_metrics"), 0);
}

TEST_F(StudioTest, KeepsTheHealthOfARunThatResumes) {
  connect(1);
  tell(run());
  tell(metrics(1));
  connect(2);
  tell(run());
  tell(metrics(2));
  pass(1s);
  EXPECT_THAT(last("ppo_metrics"),
              HasSubstr(R"("history":{"from":0.01,"to":0.01,"points":"AAAA"})"));
}

TEST_F(StudioTest, CountsWhatAnOldTrainerStillSays) {
  connect(1);
  connect(2);
  give(broker::Telemetry{1, protocol::encode(run(), 1, 1)});
  EXPECT_EQ(unused()[Unused::old_session].value(), 1u);
  pass(1s);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("training":"waiting")"));
}

TEST_F(StudioTest, NumbersItsFramesOneByOne) {
  connect();
  tell(run());
  tell(metrics(1));
  pass(3s);
  for (std::size_t i = 0; i < frames_.size(); ++i) {
    EXPECT_THAT(*frames_[i]->variants[0], HasSubstr("\"seq\":" + std::to_string(i + 1) + ","));
  }
}

TEST_F(StudioTest, ResumesByItselfWhenTheTrainerIsBack) {
  connect(1);
  tell(run());
  give(broker::TrainerClosed{1});
  connect(2);
  tell(run());
  pass(100ms);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("training":"running")"));
}

TEST_F(StudioTest, IsNotPausedByTheEndOfAnOldConnection) {
  connect(1);
  tell(run());
  connect(2);
  tell(run());
  give(broker::TrainerClosed{1});
  pass(200ms);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("training":"running")"));
}

TEST_F(StudioTest, RefusesAndCountsWhatItCannotDecode) {
  connect();
  give(broker::Telemetry{1, R"({"type":"move_played"})"});
  give(broker::Telemetry{1, "not JSON"});
  EXPECT_EQ(unused()[Unused::undecodable].value(), 2u);
}

TEST_F(StudioTest, SaysWhichRewardTheRunUses) {
  connect();
  tell(run());
  pass(100ms);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("reward":"shaped")"));
  EXPECT_THAT(last("system_status", Level::advanced), HasSubstr("coefficient 0.5"));
}

TEST_F(StudioTest, SendsAPositionTogetherWithItsPrediction) {
  connect();
  tell(run());
  frames_.clear();
  tell(TrainerGame(1, testing::short_moves()).move(0));
  ASSERT_EQ(frames_.size(), 2u);
  EXPECT_EQ(type_of(frames_[0]), "game_state");
  EXPECT_EQ(type_of(frames_[1]), "move_prediction");
}

TEST_F(StudioTest, SendsActivityThatArrivesAfterItsPosition) {
  connect();
  tell(run());
  const TrainerGame game(1, testing::short_moves());
  tell(game.move(0));
  EXPECT_EQ(count("se_attention"), 0);
  tell(game.attention(0));
  EXPECT_EQ(count("se_attention"), 1);
}

TEST_F(StudioTest, ShowsBeginnersNoFigures) {
  connect();
  tell(run());
  tell(metrics(1, 0.0123));
  EXPECT_THAT(last("ppo_metrics", Level::beginner), HasSubstr(R"("kl_divergence":null)"));
  EXPECT_THAT(last("ppo_metrics", Level::beginner), HasSubstr("steady pace"));
  EXPECT_THAT(last("ppo_metrics", Level::intermediate), HasSubstr(R"("kl_divergence":0.0123)"));
  EXPECT_THAT(last("ppo_metrics", Level::intermediate), Not(HasSubstr("61%")));
  EXPECT_THAT(last("ppo_metrics", Level::advanced), HasSubstr("61%"));
}

TEST_F(StudioTest, NamesAStateOnlyAfterThreeUpdates) {
  connect();
  tell(run());
  int update = 0;
  const auto next = [&](double kl) {
    tell(metrics(++update, kl));
    pass(200ms);
    return last("ppo_metrics");
  };
  EXPECT_THAT(next(0.01), HasSubstr(R"("level":"healthy")"));
  EXPECT_THAT(next(0.2), HasSubstr(R"("level":"healthy")"));
  EXPECT_THAT(next(0.2), HasSubstr(R"("level":"healthy")"));
  EXPECT_THAT(next(0.2), HasSubstr(R"("level":"exploring","color_code":"#ef4444")"));
}

TEST_F(StudioTest, SharesTheBytesOfVariantsThatReadTheSame) {
  connect();
  tell(run());
  const TrainerGame game(1, testing::short_moves());
  tell(game.move(0));
  tell(game.attention(0));
  const auto& attention = *frames_.back();
  ASSERT_EQ(type_of(frames_.back()), "se_attention");
  EXPECT_EQ(attention.variants[0], attention.variants[3]);
  EXPECT_NE(attention.variants[0], attention.variants[4])
      << "only the advanced level has the gates";
}

TEST_F(StudioTest, TellsTheTrainerTheOperatorsWordAndEveryLaterOneToo) {
  connect(1);
  EXPECT_THAT(words_, ::testing::IsEmpty()) << "nothing has been said";
  give(broker::OperatorSaid{protocol::Command::stop_streaming});
  connect(2);
  give(broker::OperatorSaid{protocol::Command::resume_streaming});
  EXPECT_THAT(words_,
              ::testing::ElementsAre(std::pair(1, false), std::pair(2, false), std::pair(2, true)));
}

TEST_F(StudioTest, CountsTheViewersOfAllEdges) {
  give(broker::ViewersCounted{"a", 3});
  give(broker::ViewersCounted{"b", 4});
  give(broker::ViewersCounted{"a", 5});
  pass(1s);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("viewers":9)"));
}

}  // namespace
}  // namespace keisei::studio

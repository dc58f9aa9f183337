#include "studio/studio_fixture.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using protocol::Level;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using testing::TrainerGame;

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

TEST_F(StudioTest, MissesNoTrainerAfterItStoodStillItself) {
  connect();
  tell(run());
  clock_.pass(20s);  // without a turn
  studio_.advance();
  EXPECT_THAT(told_, IsEmpty());
  pass(7s);
  EXPECT_THAT(told_, SizeIs(1));
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
          R"("impact_low_pct":-0.125,"impact_high_pct":0.5,"impact_text":"Streaming costs the )"
          R"(training between -0.13% and 0.50% of its time: it may cost nothing.",)"
          R"("stage":"reduced","stopped":true})"));
  EXPECT_THAT(last("system_status"), HasSubstr("the streamer has paused the live view"));
}

TEST_F(StudioTest, SaysWhatStreamingCostsByItsInterval) {
  connect();
  tell(run());
  protocol::Heartbeat heartbeat{};
  const auto told = [&](protocol::Number low, protocol::Number high) {
    heartbeat.impact_low_pct = low;
    heartbeat.impact_high_pct = high;
    tell(heartbeat);
    pass(1s);
    return last("system_status");
  };
  EXPECT_THAT(told(std::nullopt, std::nullopt), HasSubstr("has not been measured yet"));
  EXPECT_THAT(told(0.2, 0.5), HasSubstr("between 0.20% and 0.50% of its time.\""));
  EXPECT_THAT(told(-0.001, 0.5), HasSubstr("between 0.00% and 0.50% of its time: it may cost"));
  EXPECT_THAT(told(-0.5, -0.2), HasSubstr("took 0.20% to 0.50% less time"));
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
  tell(run());
  heartbeat.emitted = 1;
  heartbeat.dropped = {{"move/ring_full", 1}};
  tell(heartbeat);
  EXPECT_EQ(dropped(protocol::DropReason::ring_full), 7U);
}

TEST_F(StudioTest, CountsWhatARestartedHookLosesHoweverMuchItHasEmitted) {
  connect();
  tell(run());
  protocol::Heartbeat heartbeat{};
  heartbeat.hook_started_at = 100;
  heartbeat.emitted = 10;
  heartbeat.dropped = {{"move/ring_full", 5}};
  tell(heartbeat);
  connect(2);
  tell(run());
  heartbeat.hook_started_at = 200;
  heartbeat.emitted = 20;
  heartbeat.dropped = {{"move/ring_full", 3}};
  tell(heartbeat);
  EXPECT_EQ(dropped(protocol::DropReason::ring_full), 8U);
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

TEST_F(StudioTest, RefusesAndCountsWhatItCannotDecode) {
  connect();
  give(broker::Telemetry{1, R"({"type":"move_played"})"});
  give(broker::Telemetry{1, "not JSON"});
  EXPECT_EQ(unused()[Unused::undecodable].value(), 2u);
}

TEST_F(StudioTest, ShowsNoMetricThatIsOutOfItsRange) {
  connect();
  tell(run());
  auto update = metrics(1, -0.5);
  update.metrics["ppo/clip_fraction"] = 5;
  update.metrics["ppo/explained_variance"] = 7;
  update.metrics["ppo/entropy"] = 2;
  tell(update);
  EXPECT_THAT(last("ppo_metrics"), HasSubstr(R"("entropy":2)"));
  EXPECT_THAT(last("ppo_metrics"), HasSubstr(R"("kl_divergence":null)"));
  EXPECT_THAT(last("ppo_metrics"), HasSubstr(R"("clip_fraction":null)"));
  EXPECT_THAT(last("ppo_metrics"), HasSubstr(R"("explained_variance":null)"));
  EXPECT_EQ(unused()[Unused::metric_out_of_range].value(), 3u);
  EXPECT_THAT(told_, ::testing::ElementsAre("a metric is not shown: run \"run\": update 1: "
                                            "ppo/kl_divergence_approx is -0.5, out of its range"));
}

TEST_F(StudioTest, TellsWhenTheTrainerFallsSilentAndWhenItIsBack) {
  connect(1);
  tell(run());
  give(broker::TrainerClosed{1});
  pass(1min);
  connect(2);
  tell(run());
  pass(7s);
  tell(protocol::Heartbeat{});
  EXPECT_THAT(
      told_,
      ::testing::ElementsAre(
          "hearing the trainer: stopped working: its connection has closed",
          "hearing the trainer: works again (was: its connection has closed)",
          "hearing the trainer: stopped working: its connection is open, but it says nothing",
          "hearing the trainer: works again (was: its connection is open, but it says nothing)"));
}

TEST_F(StudioTest, TellsWhatTheHookHasLost) {
  connect();
  tell(run());
  protocol::Heartbeat heartbeat{};
  heartbeat.dropped = {{"move/ring_full", 3}, {"move/measuring", 2}};
  tell(heartbeat);
  EXPECT_THAT(told_,
              ::testing::ElementsAre("the trainer's hook has lost events: ring_full (3 times)"));
}

TEST_F(StudioTest, SaysHowLateItIsByTheTrainersClockAlone) {
  connect();
  tell(run());
  pass(1s);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("latency_ms":null)"));
  protocol::Heartbeat heartbeat{};
  heartbeat.round_trip_ms = 7.5;
  heartbeat.sent_at = unix_seconds(clock_.wall()) - 3600;  // its clock is another machine's
  tell(heartbeat);
  pass(1s);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("latency_ms":7.5)"));
  give(broker::TrainerClosed{1});
  pass(1s);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("latency_ms":null)"));
}

// Every number within its description, however absurd, makes messages within theirs: the fixture
// looks.
TEST_F(StudioTest, StaysWithinItsSchemaWhateverTheTrainerMeasures) {
  connect();
  auto started = run();
  int update = 0;
  for (const double absurd : {0.0, 1e-300, 1e300}) {
    started.clip_epsilon = absurd;
    started.shaping_coefficient = -absurd;
    tell(started);
    for (const double value : {0.0, 1e-300, 1.0, 1e300}) {
      auto measured = metrics(++update, value);
      for (const protocol::MetricRow& row : protocol::kMetricTable) {
        measured.metrics[std::string(row.trainer_key)] =
            std::clamp(value, row.rule.min, row.rule.max);
      }
      tell(measured);
      pass(1s);
    }
  }
  EXPECT_GT(count("ppo_metrics"), 0);
}

TEST_F(StudioTest, CountsLossesNoHigherThanANumberCan) {
  connect();
  tell(run());
  protocol::Heartbeat heartbeat{};
  for (const char* kind : {"a", "b", "c"}) {
    heartbeat.dropped[std::string(kind) + "/ring_full"] = protocol::kMaxInteger;
  }
  tell(heartbeat);
  pass(1s);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("dropped":9007199254740992,)"));
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
  for (int update = 1; update <= 3; ++update) tell(metrics(update, 0.0123));
  pass(1s);
  EXPECT_THAT(last("ppo_metrics", Level::beginner), HasSubstr(R"("kl_divergence":null)"));
  EXPECT_THAT(last("ppo_metrics", Level::beginner), Not(HasSubstr(R"("value":0.0123)")));
  EXPECT_THAT(last("ppo_metrics", Level::beginner), HasSubstr("steady steps"));
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
  EXPECT_THAT(next(0.01), HasSubstr(R"("level":null,"color_code":"#94a3b8")"));
  EXPECT_THAT(next(0.01), HasSubstr(R"("level":null)"));
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

#include "studio/studio_fixture.h"

// What a trainer says that is wrong, late, twice or of another world, by the table of
// docs/hook.md: counted, told to whom it concerns, and the show goes on.
namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using testing::TrainerGame;

class BadInputTest : public StudioTest {
 protected:
  BadInputTest() {
    connect();
    tell(run("run"));
  }
  // Games that come after whatever was wrong are shown to their end.
  void expect_the_show_to_go_on() {
    for (const std::int64_t number : {50, 51, 52}) {
      const TrainerGame game(number, testing::short_moves());
      for (int ply = 0; ply < game.plies(); ++ply) tell(game.move(ply));
      tell(game.finish());
    }
    for (int i = 0; i < 30; ++i) {
      pass(5s);
      tell(protocol::Heartbeat{});
    }
    EXPECT_TRUE(was_shown_to_its_end("run-52"));
    EXPECT_THAT(last("system_status"), HasSubstr(R"("training":"running")"));
  }
  bool was_shown_to_its_end(const std::string& game_id) const {
    return std::any_of(frames_.begin(), frames_.end(), [&](const broker::FramePtr& frame) {
      const std::string& json = *frame->variants[0];
      return type_of(frame) == "game_state" &&
             json.find(R"("game_id":")" + game_id + '"') != std::string::npos &&
             json.find(R"("result":{)") != std::string::npos;
    });
  }
  // As it comes over the wire, with something of it replaced.
  template <class Message>
  void tell_changed(const Message& message, const std::string& old, const std::string& changed) {
    std::string json = protocol::encode(message, 1, 1);
    const std::size_t at = json.find(old);
    ASSERT_NE(at, std::string::npos) << json;
    give(broker::Telemetry{session_, json.replace(at, old.size(), changed)});
  }
  CounterFamily<GameFault> skipped() {
    return counters_.family<GameFault>("keisei_studio_games_skipped_total", "");
  }
  CounterFamily<IgnoredMove> ignored() {
    return counters_.family<IgnoredMove>("keisei_studio_moves_ignored_total", "");
  }
  std::ptrdiff_t kept_evaluations() const {
    return std::count_if(kept_.begin(), kept_.end(), [](const store::Entry& entry) {
      return std::holds_alternative<store::KeptEvaluation>(entry);
    });
  }
  static protocol::EvaluationFinished evaluation(std::int64_t update) {
    protocol::EvaluationFinished finished{};
    finished.update = update;
    finished.random_games = 100;
    finished.random_score = 0.75;
    finished.emitted_at = 1;
    return finished;
  }
};

TEST_F(BadInputTest, AMoveThatComesBeforeItsTurnEndsItsGame) {
  const TrainerGame game(1, testing::short_moves());
  tell(game.move(0));
  tell(game.move(2));
  tell(protocol::Heartbeat{});  // nothing was left out on purpose
  EXPECT_EQ(skipped()[GameFault::gap].value(), 1U);
  EXPECT_THAT(told_,
              ElementsAre("a game cannot be shown: run \"run\": game run-1, move 3: the move "
                          "after 1 did not come (gap)"));
  ASSERT_THAT(complaints_, SizeIs(1));
  EXPECT_EQ(complaints_[0].what, protocol::Unusable::game);
  expect_the_show_to_go_on();
}

TEST_F(BadInputTest, AMoveThatComesTwiceIsCountedAndChangesNothing) {
  const TrainerGame game(1, testing::short_moves());
  for (int ply = 0; ply < game.plies(); ++ply) {
    for (int i = 0; i < 2; ++i) tell(game.move(ply));
  }
  tell(game.finish());
  EXPECT_EQ(ignored()[IgnoredMove::repeated].value(), testing::short_moves().size());
  EXPECT_EQ(skipped().total(), 0U);
  EXPECT_THAT(told_, IsEmpty());
  expect_the_show_to_go_on();
  EXPECT_TRUE(was_shown_to_its_end("run-1"));
}

TEST_F(BadInputTest, AnotherMoveInACompleteGameChangesNothing) {
  const TrainerGame game(1, testing::short_moves());
  for (int ply = 0; ply < game.plies(); ++ply) tell(game.move(ply));
  tell(game.finish());
  auto other = game.move(1);
  other.usi = "8c8d";
  tell(other);
  EXPECT_EQ(ignored()[IgnoredMove::repeated].value(), 1U);
  EXPECT_EQ(skipped().total(), 0U);
  EXPECT_THAT(told_, IsEmpty());
  expect_the_show_to_go_on();
  EXPECT_TRUE(was_shown_to_its_end("run-1"));
}

TEST_F(BadInputTest, AnIllegalMoveEndsItsGame) {
  const TrainerGame game(1, testing::short_moves());
  auto illegal = game.move(0);
  illegal.usi = "1a9i";
  tell(illegal);
  tell(game.move(1));
  EXPECT_EQ(skipped()[GameFault::illegal_move].value(), 1U);
  EXPECT_EQ(ignored()[IgnoredMove::of_closed_game].value(), 1U);
  EXPECT_THAT(told_, ElementsAre(HasSubstr("game run-1, move 1: move \"1a9i\"")));
  ASSERT_THAT(complaints_, SizeIs(1));
  EXPECT_EQ(complaints_[0].what, protocol::Unusable::game);
  expect_the_show_to_go_on();
}

TEST_F(BadInputTest, WhatTheOneOfTwoTrainersSaysThatIsReplacedIsCounted) {
  connect(2);
  tell(run("run"));
  give(
      broker::Telemetry{1, protocol::encode(TrainerGame(1, testing::short_moves()).move(0), 1, 1)});
  EXPECT_EQ(unused()[Unused::old_session].value(), 1U);
  EXPECT_EQ(count("game_state"), 0);
  expect_the_show_to_go_on();
}

TEST_F(BadInputTest, AGameNumberFromTheFutureHoldsUpNoOtherGame) {
  TrainerGame far(1'000'000, testing::short_moves());
  tell(far.move(0));
  tell(far.move(1));
  expect_the_show_to_go_on();
  EXPECT_EQ(skipped().total(), 0U);
  EXPECT_EQ(counters_.counter("keisei_studio_game_numbers_back_total", "").value(), 1U);
}

TEST_F(BadInputTest, AnUpdateFromTheFutureHoldsUpNoOtherUpdate) {
  tell(metrics(protocol::kMaxInteger));
  tell(metrics(1));
  tell(metrics(2));
  pass(1s);
  EXPECT_THAT(last("ppo_metrics"), HasSubstr(R"("segment":2,"update":2)"));
  EXPECT_THAT(last("system_status"), HasSubstr(R"("update":2)"));
  expect_the_show_to_go_on();
}

TEST_F(BadInputTest, ANumberThatIsNoneIsRefused) {
  for (const char* none : {"NaN", "Infinity", "1e999", "-1e999"}) {
    tell_changed(metrics(1), ":0.01", std::string(":") + none);
  }
  EXPECT_EQ(unused()[Unused::undecodable].value(), 4U);
  EXPECT_EQ(count("ppo_metrics"), 0);
  EXPECT_THAT(told_, ElementsAre(HasSubstr("telemetry is refused: run \"run\": ")));
  ASSERT_THAT(complaints_, SizeIs(1));
  EXPECT_EQ(complaints_[0].what, protocol::Unusable::message);
  expect_the_show_to_go_on();
}

TEST_F(BadInputTest, WhatAnotherProtocolSaysIsRefusedByTheField) {
  tell_changed(protocol::Heartbeat{}, R"("round_trip_ms":null,)", "");
  tell_changed(protocol::Heartbeat{}, R"("stopped")", R"("halted":0,"stopped")");
  tell_changed(protocol::Heartbeat{}, R"("type":"heartbeat")", R"("type":"pulse")");
  EXPECT_EQ(unused()[Unused::undecodable].value(), 3U);
  EXPECT_THAT(told_, ElementsAre(HasSubstr("round_trip_ms: missing")));
  pass(1s);
  ASSERT_THAT(complaints_, SizeIs(2));
  EXPECT_EQ(complaints_[0].reason, "round_trip_ms: missing");
  EXPECT_EQ(complaints_[1].reason, R"(type: unknown type "pulse")");
  EXPECT_EQ(complaints_[1].times, 2);
  expect_the_show_to_go_on();
}

TEST_F(BadInputTest, AnEvaluationThatComesTwiceIsKeptAndShownOnce) {
  for (int i = 0; i < 2; ++i) tell(evaluation(5));
  EXPECT_EQ(unused()[Unused::repeated_evaluation].value(), 1U);
  EXPECT_EQ(kept_evaluations(), 1);
  EXPECT_THAT(told_, IsEmpty());
  expect_the_show_to_go_on();
}

TEST_F(BadInputTest, AnEvaluationOfTheSameNetworkAgainIsKeptButNotDrawn) {
  tell(evaluation(5));
  auto again = evaluation(5);
  again.random_score = 0.25;
  again.emitted_at = 2;
  tell(again);
  EXPECT_EQ(unused()[Unused::repeated_evaluation].value(), 1U);
  EXPECT_EQ(kept_evaluations(), 2) << "it was measured";
  EXPECT_THAT(told_, IsEmpty()) << "a run that is resumed where it stopped does that";
  pass(1s);
  EXPECT_THAT(last("strength"), HasSubstr(R"("value":0.75)"));
  expect_the_show_to_go_on();
}

TEST_F(BadInputTest, ASkillWithMoreSuccessesThanTrialsIsLeftOut) {
  auto impossible = evaluation(5);
  impossible.skills = {{"mate_in_one", 3, 2}, {"save_rook", 1, 2}};
  tell(impossible);
  EXPECT_EQ(unused()[Unused::metric_out_of_range].value(), 1U);
  EXPECT_THAT(told_, ElementsAre("a metric is not shown: run \"run\": the evaluation after update "
                                 "5: mate_in_one succeeded 3 times in 2"));
  ASSERT_THAT(complaints_, SizeIs(1));
  EXPECT_EQ(complaints_[0].what, protocol::Unusable::metric);
  pass(1s);
  EXPECT_THAT(last("strength"), Not(HasSubstr("mate_in_one")));
  EXPECT_THAT(last("strength"), HasSubstr("save_rook"));
  expect_the_show_to_go_on();
}

TEST_F(BadInputTest, AnEvaluationAfterThatOfANewerNetworkIsTold) {
  tell(evaluation(9));
  tell(evaluation(5));
  EXPECT_EQ(unused()[Unused::late_evaluation].value(), 1U);
  EXPECT_THAT(told_, ElementsAre("a metric is not shown: run \"run\": the evaluation after update "
                                 "5 came after that of update 9"));
  ASSERT_THAT(complaints_, SizeIs(1));
  EXPECT_EQ(complaints_[0].what, protocol::Unusable::metric);
  pass(1s);
  EXPECT_THAT(last("strength"), HasSubstr(R"("update":9)"));
  EXPECT_EQ(kept_evaluations(), 2) << "it was measured";
  expect_the_show_to_go_on();
}

TEST_F(BadInputTest, AnEvaluationOfARunThatWentBackIsShown) {
  tell(metrics(9));
  tell(evaluation(9));
  tell(metrics(5));
  tell(evaluation(5));
  EXPECT_EQ(unused()[Unused::late_evaluation].value(), 0U);
  pass(1s);
  EXPECT_THAT(last("strength"), HasSubstr(R"("segment":2,"update":5)"));
}

TEST_F(BadInputTest, ActivityOfANetworkOfAnotherShapeIsNotShown) {
  auto started = run("run");
  started.tower_depth = 2;
  started.tower_width = 2;
  tell(started);
  const TrainerGame game(1, testing::short_moves());
  tell(game.move(0));
  auto attention = game.attention(0);
  attention.block = 3;
  tell(attention);
  attention.block = 2;
  attention.gates = {0.5F, 0.5F, 0.5F};
  tell(attention);
  EXPECT_EQ(unused()[Unused::foreign_network].value(), 2U);
  EXPECT_EQ(count("se_attention"), 0);
  EXPECT_THAT(told_, ElementsAre("telemetry is refused: run \"run\": attention of game run-1, move "
                                 "1: block 3 of a network that has 2"));
  pass(1s);
  ASSERT_THAT(complaints_, SizeIs(2));
  EXPECT_THAT(complaints_[1].reason, HasSubstr("3 gates of a network that has 2 channels"));
  tell(game.attention(0));
  EXPECT_EQ(count("se_attention"), 1);
  expect_the_show_to_go_on();
}

TEST_F(BadInputTest, ActivityIsShownWhoseNetworkNobodyHasDescribed) {
  const TrainerGame game(1, testing::short_moves());
  tell(game.move(0));
  tell(game.attention(0));
  EXPECT_EQ(count("se_attention"), 1);
}

TEST_F(BadInputTest, AnUpdateThatGoesBackBeginsASegment) {
  tell(metrics(9));
  tell(metrics(7));
  tell(metrics(8));
  pass(1s);
  EXPECT_THAT(last("ppo_metrics"), HasSubstr(R"("segment":2,"update":8)"));
  EXPECT_EQ(counters_.counter("keisei_studio_segments_begun_total", "").value(), 1U);
  EXPECT_THAT(told_, IsEmpty()) << "that is what a resume looks like";
  expect_the_show_to_go_on();
}

}  // namespace
}  // namespace keisei::studio

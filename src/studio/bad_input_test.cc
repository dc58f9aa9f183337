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
    for (const std::int64_t number : {50, 51}) {
      const TrainerGame game(number, testing::short_moves());
      for (int ply = 0; ply < game.plies(); ++ply) tell(game.move(ply));
      tell(game.finish());
      pass(30s);
      tell(protocol::Heartbeat{});
      pass(30s);
    }
    EXPECT_THAT(last("game_state"), HasSubstr(R"("game_id":"run-51")"));
    EXPECT_THAT(last("game_state"), HasSubstr(R"("result":{"winner":"black")"));
    tell(protocol::Heartbeat{});
    pass(1s);
    EXPECT_THAT(last("system_status"), HasSubstr(R"("training":"running")"));
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

TEST_F(BadInputTest, AnEvaluationThatComesTwiceIsKeptAndShownOnce) {
  auto finished = evaluation(5);
  for (int i = 0; i < 2; ++i) tell(finished);
  finished.emitted_at = 2;
  tell(finished);
  EXPECT_EQ(unused()[Unused::repeated_evaluation].value(), 2U);
  EXPECT_EQ(std::count_if(kept_.begin(), kept_.end(),
                          [](const store::Entry& entry) {
                            return std::holds_alternative<store::KeptEvaluation>(entry);
                          }),
            1);
  EXPECT_THAT(told_, IsEmpty());
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

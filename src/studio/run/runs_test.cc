#include "studio/studio_fixture.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;
using testing::TrainerGame;

/// One run after the other, and what is told twice.
class RunsTest : public StudioTest {};

TEST_F(RunsTest, TakesARepeatedUpdateOfARunThatBeginsAgain) {
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

TEST_F(RunsTest, CountsAnUpdateOnceThatIsToldTwice) {
  connect();
  tell(run());
  tell(metrics(1));
  tell(metrics(1));
  pass(1s);
  EXPECT_THAT(last("ppo_metrics"), HasSubstr(R"("history":{"from":0.01,"to":0.01,"points":"AA"})"));
}

TEST_F(RunsTest, CountsAGameOnceThatIsToldTwice) {
  connect();
  tell(run());
  const TrainerGame game(1, testing::short_moves());
  for (int i = 0; i < 3; ++i) tell(game.finish());
  tell(TrainerGame(2, testing::short_moves()).finish());
  pass(1s);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("games":2)"));
  EXPECT_EQ(unused()[Unused::repeated_game].value(), 2u);
}

TEST_F(RunsTest, CountsAGameOnceThatIsFinishedFiveTimes) {
  connect();
  tell(run());
  auto finished = TrainerGame(1, testing::short_moves()).finish();
  for (int i = 0; i < 5; ++i) {
    tell(finished);
    finished.emitted_at += 1;
  }
  pass(1s);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("games":1)"));
  EXPECT_EQ(unused()[Unused::repeated_game].value(), 4u);
}

TEST_F(RunsTest, CountsAGameOnceThatIsToldAgainAfterThousandsOfOthers) {
  connect();
  tell(run());
  for (int i = 0; i < 2; ++i) {
    for (int number = 1; number <= 3000; ++number) tell(TrainerGame(number, {"7g7f"}).finish());
  }
  pass(1s);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("games":3000)"));
}

// After a crash a run goes on from its checkpoint and counts its games on from there.
TEST_F(RunsTest, CountsAnotherGameOfTheSameIdAfterARunWasResumed) {
  connect();
  tell(run());
  tell(TrainerGame(1, testing::short_moves()).finish());
  connect();
  tell(run());
  tell(TrainerGame(1, testing::short_moves()).finish());
  tell(TrainerGame(1, testing::long_moves(8)).finish());
  pass(1s);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("games":2)"));
  EXPECT_EQ(unused()[Unused::repeated_game].value(), 1u);
}

TEST_F(RunsTest, ShowsAGameToItsEndThatAResumedRunPlaysAgain) {
  connect();
  tell(run());
  const TrainerGame game(1, testing::short_moves());
  tell(game.finish());  // its moves were lost with the connection
  connect();
  tell(run());
  for (int ply = 0; ply < game.plies(); ++ply) tell(game.move(ply));
  tell(game.finish());
  const auto shows_the_end = [&] {
    return last("game_state").find(R"("result":{"winner":"black")") != std::string::npos;
  };
  for (int i = 0; i < 60 && !shows_the_end(); ++i) pass(1s);
  EXPECT_TRUE(shows_the_end());
}

// Everything that is on when another run begins: its game, its prediction, its map, its health.
TEST_F(RunsTest, ShowNothingOfTheRunBeforeUnderTheNameOfTheNext) {
  connect();
  tell(run("one"));
  const TrainerGame game(1, testing::short_moves());
  for (int ply = 0; ply < game.plies(); ++ply) tell(game.move(ply));
  tell(game.attention(0));
  tell(game.finish());
  tell(metrics(7, 0.2));  // within the interval after the one before
  tell(metrics(8, 0.2));
  frames_.clear();
  tell(run("two"));
  EXPECT_THAT(last("game_state"), HasSubstr(R"("game_id":"")"));
  EXPECT_THAT(last("move_prediction"), HasSubstr(R"("game_id":"")"));
  EXPECT_THAT(last("se_attention"), HasSubstr(R"("game_id":"")"));
  EXPECT_THAT(last("ppo_metrics"), HasSubstr(R"("update":0)"));
  pass(60s);
  EXPECT_THAT(last("game_state"), HasSubstr(R"("game_id":"")"));
  for (const broker::FramePtr& frame : frames_) {
    if (type_of(frame) != "system_status") continue;
    EXPECT_THAT(*frame->variants[0], HasSubstr(R"("name":"two")"));
    break;
  }
}

TEST_F(RunsTest, ShowTheGameOfTheNextRunFromItsFirstMove) {
  connect();
  tell(run("one"));
  tell(TrainerGame(1, testing::short_moves()).move(0));
  tell(run("two"));
  tell(TrainerGame(2, testing::short_moves()).move(0));
  EXPECT_THAT(last("game_state"), HasSubstr(R"("game_id":"run-2")"));
}

TEST_F(RunsTest, TakeNothingBackThatWasNeverShown) {
  connect();
  tell(run());
  pass(5s);
  EXPECT_EQ(count("game_state"), 0);
  EXPECT_EQ(count("move_prediction"), 0);
  EXPECT_EQ(count("se_attention"), 0);
}

TEST_F(RunsTest, MakeNothingOfWhatIsToldBeforeTheRunIs) {
  connect(1);
  tell(run("one"));
  connect(2);
  tell(metrics(7));
  tell(protocol::Heartbeat{});
  pass(2s);
  EXPECT_EQ(unused()[Unused::before_run].value(), 2u);
  EXPECT_EQ(heard(), 3u) << "what comes to nothing was heard all the same";
  EXPECT_EQ(count("ppo_metrics"), 0);
  EXPECT_THAT(told_, ::testing::Contains("telemetry is refused: run \"one\": a connection's first "
                                         "message is its run_started"));
}

TEST_F(RunsTest, TakesTheHealthOfTheRunBeforeOffTheAir) {
  connect();
  tell(run("one"));
  tell(metrics(7, 0.2));
  pass(1s);
  tell(run("two"));
  const std::string& news = last("ppo_metrics");
  EXPECT_THAT(news, HasSubstr(R"("update":0)"));
  EXPECT_THAT(news, HasSubstr("no update yet"));
  EXPECT_THAT(news, HasSubstr(R"("history":{"from":0,"to":0,"points":""})"));
}

TEST_F(RunsTest, SaysNothingOfTheHealthOfAFirstRunBeforeItsFirstUpdate) {
  connect();
  tell(run());
  pass(5s);
  EXPECT_EQ(count("ppo_metrics"), 0);
}

TEST_F(RunsTest, KeepsTheHealthOfARunThatResumes) {
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

TEST_F(RunsTest, ResumesByItselfWhenTheTrainerIsBack) {
  connect(1);
  tell(run());
  give(broker::TrainerClosed{1});
  connect(2);
  tell(run());
  pass(100ms);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("training":"running")"));
}

TEST_F(RunsTest, IsNotPausedByTheEndOfAnOldConnection) {
  connect(1);
  tell(run());
  connect(2);
  tell(run());
  give(broker::TrainerClosed{1});
  pass(200ms);
  EXPECT_THAT(last("system_status"), HasSubstr(R"("training":"running")"));
}

}  // namespace
}  // namespace keisei::studio

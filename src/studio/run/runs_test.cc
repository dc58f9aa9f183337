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

// After a crash a run goes on from its checkpoint and counts its games on from there.
TEST_F(RunsTest, CountsAnotherGameOfTheSameIdAfterARunWasResumed) {
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

TEST_F(RunsTest, TakesTheHealthOfTheRunBeforeOffTheAir) {
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

#include "studio/history/history_board.h"

#include "studio/studio_fixture.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using ::testing::HasSubstr;

class HistoryBoardTest : public StudioTest {
 protected:
  protocol::EvaluationFinished evaluation(std::int64_t update) const {
    protocol::EvaluationFinished finished{};
    finished.update = update;
    finished.random_games = 100;
    finished.random_score = 0.75;
    finished.random_low = 0.65;
    finished.random_high = 0.83;
    finished.emitted_at = unix_seconds(clock_.wall());
    return finished;
  }
};

TEST_F(HistoryBoardTest, SendsTheHistoryAtMostEveryTenSeconds) {
  connect();
  tell(run());
  EXPECT_EQ(count("metrics_history"), 1) << "viewers who join now need that of this run";
  for (int update = 1; update <= 90; ++update) {
    tell(metrics(update));
    pass(100ms);
  }
  EXPECT_EQ(count("metrics_history"), 1);
  pass(1s);
  EXPECT_EQ(count("metrics_history"), 2);
  EXPECT_THAT(last("metrics_history"), HasSubstr(R"("newest":90)"));
  pass(60s);
  EXPECT_EQ(count("metrics_history"), 2) << "nothing new, nothing sent";
}

TEST_F(HistoryBoardTest, SendsEveryVariantTheSameBytes) {
  connect();
  tell(run());
  ASSERT_EQ(count("metrics_history"), 1);
  for (const auto& frame : frames_) {
    if (type_of(frame) != "metrics_history") continue;
    EXPECT_THAT(frame->variants, ::testing::Each(frame->variants[0]));
  }
}

TEST_F(HistoryBoardTest, ShowsNothingOfTheRunBeforeUnderTheNameOfTheNext) {
  connect();
  tell(run("one"));
  tell(metrics(1));
  tell(evaluation(1));
  pass(20s);
  tell(run("two"));
  EXPECT_THAT(last("metrics_history"), HasSubstr(R"("run_id":"two","segment":1,"forgotten":0)"));
  EXPECT_THAT(last("metrics_history"), HasSubstr(R"("metrics":[])"));
  EXPECT_THAT(last("strength"),
              HasSubstr(R"("run_id":"two","segment":1,"update":0,"readings":[])"));
}

TEST_F(HistoryBoardTest, SendsAnEvaluationAtOnceAndOnce) {
  connect();
  tell(run());
  pass(1s);
  const auto finished = evaluation(40);
  tell(finished);
  const int strengths = count("strength");
  EXPECT_THAT(last("strength"),
              HasSubstr(R"("update":40,"readings":[{"measure":"random_score","skill":"",)"
                        R"("value":0.75,"low":0.65,"high":0.83}])"));
  tell(finished);
  pass(1s);
  EXPECT_EQ(count("strength"), strengths);
}

TEST_F(HistoryBoardTest, TellsTheSegmentWithEveryUpdate) {
  connect();
  tell(run("run"));
  tell(metrics(2));
  pass(1s);
  tell(metrics(1));
  EXPECT_THAT(last("ppo_metrics"), HasSubstr(R"("run_id":"run","segment":2,"update":1)"));
}

}  // namespace
}  // namespace keisei::studio

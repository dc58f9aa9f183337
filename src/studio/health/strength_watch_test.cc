#include "studio/health/strength_watch.h"

#include <gmock/gmock.h>

namespace keisei::studio {
namespace {

constexpr double kCeiling = 0.9;

protocol::EvaluationFinished evaluation(std::int64_t update, double score, double half = 0.1) {
  protocol::EvaluationFinished finished{};
  finished.update = update;
  finished.random_games = 100;
  finished.random_score = score;
  finished.random_low = score - half;
  finished.random_high = score + half;
  return finished;
}

TEST(StrengthWatch, SaysNothingOfAChangeAfterOneEvaluation) {
  StrengthWatch watch(kCeiling);
  EXPECT_EQ(watch.progress(), Progress::unmeasured);
  watch.hear(evaluation(10, 0.5));
  EXPECT_EQ(watch.progress(), Progress::first);
}

TEST(StrengthWatch, CallsAChangeWhatTheIntervalsProve) {
  StrengthWatch watch(kCeiling);
  watch.hear(evaluation(10, 0.5));
  watch.hear(evaluation(20, 0.65));
  EXPECT_EQ(watch.progress(), Progress::unclear);
  watch.hear(evaluation(30, 0.75));
  EXPECT_EQ(watch.progress(), Progress::stronger);
  watch.hear(evaluation(40, 0.25));
  EXPECT_EQ(watch.progress(), Progress::weaker);
}

TEST(StrengthWatch, KnowsWhenItsMeasureIsTooEasy) {
  StrengthWatch watch(kCeiling);
  watch.hear(evaluation(10, 0.95, 0.02));
  watch.hear(evaluation(20, 0.96, 0.02));
  EXPECT_EQ(watch.progress(), Progress::ceiling);
}

TEST(StrengthWatch, ComparesWithTheOneSixEvaluationsBefore) {
  StrengthWatch watch(kCeiling);
  for (int i = 1; i <= 20; ++i) watch.hear(evaluation(i, 0.5));
  EXPECT_EQ(watch.before().update, 14);
  EXPECT_EQ(watch.newest().update, 20);
}

TEST(StrengthWatch, TakesNoEvaluationAfterThatOfANewerNetwork) {
  StrengthWatch watch(kCeiling);
  watch.hear(evaluation(10, 0.2));
  watch.hear(evaluation(20, 0.5));
  watch.hear(evaluation(15, 0.1));
  watch.hear(evaluation(20, 0.1));
  EXPECT_EQ(watch.newest().update, 20);
  EXPECT_EQ(watch.newest().score, 0.5);
}

TEST(StrengthWatch, ForgetsWhatAResumeLeftBehind) {
  StrengthWatch watch(kCeiling);
  watch.hear(evaluation(10, 0.2));
  watch.hear(evaluation(20, 0.9));
  watch.hear(evaluation(30, 0.9));
  watch.forget_from(16);
  EXPECT_EQ(watch.newest().update, 10);
  watch.hear(evaluation(25, 0.3));
  EXPECT_EQ(watch.before().update, 10) << "update 20 is another network by now";
  EXPECT_EQ(watch.newest().update, 25);
}

TEST(StrengthWatch, LeavesOutAnEvaluationThatPlayedNoSuchGames) {
  StrengthWatch watch(kCeiling);
  auto nothing = evaluation(10, 0.5);
  nothing.random_score.reset();
  watch.hear(nothing);
  EXPECT_EQ(watch.progress(), Progress::unmeasured);
}

}  // namespace
}  // namespace keisei::studio

#include "studio/improvement/evaluation_log.h"

#include <gmock/gmock.h>

namespace keisei::studio {
namespace {

using ::testing::Optional;

constexpr double kMinute = 60;

protocol::EvaluationFinished evaluation(std::int64_t update, double minute) {
  protocol::EvaluationFinished finished{};
  finished.update = update;
  finished.emitted_at = 1e9 + kMinute * minute;
  return finished;
}

TEST(EvaluationLog, ComparesWithWhatIsNearestToAnHourBefore) {
  EvaluationLog log;
  for (int i = 0; i < 20; ++i) log.hear(evaluation(10 * i, 7.0 * i));
  ASSERT_NE(log.before(), nullptr);
  EXPECT_EQ(log.before()->update, 100) << "133 minutes less 63";
}

TEST(EvaluationLog, ComparesAYoungRunWithItsBeginning) {
  EvaluationLog log;
  log.hear(evaluation(0, 0));
  EXPECT_EQ(log.before(), nullptr);
  log.hear(evaluation(1, 1));
  EXPECT_EQ(log.before(), nullptr) << "that was just now";
  log.hear(evaluation(9, 8));
  ASSERT_NE(log.before(), nullptr);
  EXPECT_EQ(log.before()->update, 0);
}

TEST(EvaluationLog, ComparesWithNothingWhereNothingWasMeasuredAnHourBefore) {
  EvaluationLog log;
  log.hear(evaluation(0, 0));
  log.hear(evaluation(9, 400));
  log.hear(evaluation(10, 405));
  EXPECT_EQ(log.before(), nullptr);
}

TEST(EvaluationLog, CountsNoNetworkTwiceAndNoneThatIsOlderThanTheNewest) {
  EvaluationLog log;
  EXPECT_TRUE(log.hear(evaluation(5, 0)));
  EXPECT_FALSE(log.hear(evaluation(5, 1)));
  EXPECT_FALSE(log.hear(evaluation(4, 2)));
  EXPECT_EQ(log.all().size(), 1U);
}

TEST(EvaluationLog, ForgetsWhatAResumeLeftBehind) {
  EvaluationLog log;
  for (const std::int64_t update : {0, 10, 20, 30}) {
    log.hear(evaluation(update, static_cast<double>(update)));
  }
  log.forget_from(15);
  EXPECT_EQ(log.newest().update, 10);
  EXPECT_TRUE(log.hear(evaluation(18, 40)));
  EXPECT_EQ(log.all().size(), 3U) << "0, 10, 18";
}

TEST(EvaluationLog, BelievesTheTrainerAboutAgesAndElseWhenItWasMeasured) {
  EvaluationLog log;
  log.hear(evaluation(0, 0));
  log.hear(evaluation(10, 20));
  auto newest = evaluation(20, 50);
  newest.past_ages = {{10, 900}};
  log.hear(newest);
  EXPECT_THAT(log.age_of(10, newest), Optional(900));
  EXPECT_THAT(log.age_of(0, newest), Optional(50 * kMinute));
  EXPECT_FALSE(log.age_of(5, newest)) << "nobody knows when that was";
  EXPECT_FALSE(log.age_of(20, newest));
}

TEST(EvaluationLog, IsBounded) {
  EvaluationLog log;
  for (int i = 0; i < 2000; ++i) log.hear(evaluation(i, i));
  EXPECT_EQ(log.all().size(), EvaluationLog::kMost);
}

}  // namespace
}  // namespace keisei::studio

#include "studio/health/update_history.h"

#include <gmock/gmock.h>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using protocol::Number;
constexpr Reading kKl = Reading::kl_divergence;

class UpdateHistoryTest : public ::testing::Test {
 protected:
  void add(Number kl) {
    protocol::TrainerMetrics update{};
    update.update = ++number_;
    update.metrics["ppo/kl_divergence_approx"] = kl;
    history_.add(update, 1);
  }
  void add_all(std::initializer_list<Number> values) {
    for (const Number kl : values) add(kl);
  }

  std::int64_t number_ = 0;
  // ε = 0.2: steps are big from a KL of 0.02 on.
  UpdateHistory history_{testing::real_content().thresholds(), "run", 0.2};
};

TEST_F(UpdateHistoryTest, JudgesTheNewestValueByItself) {
  add_all({0.01, 0.01, 0.01, 0.043});
  EXPECT_EQ(history_.newest_band(kKl), Band::watch);
  EXPECT_EQ(history_.band(kKl), Band::working);
  add(0.014);
  EXPECT_EQ(history_.newest_band(kKl), Band::working);
}

TEST_F(UpdateHistoryTest, MeasuresStepsInUnitsOfTheClipRange) {
  history_ = UpdateHistory(testing::real_content().thresholds(), "run", 0.1);
  add(0.019);
  EXPECT_EQ(history_.newest_band(kKl), Band::alarm) << "half the clip range, a quarter of the step";
}

TEST_F(UpdateHistoryTest, ClaimsNothingFromTooFewValues) {
  add_all({0.01, 0.01});
  EXPECT_EQ(history_.band(kKl), Band::unknown);
  add(0.01);
  EXPECT_EQ(history_.band(kKl), Band::working);
}

TEST_F(UpdateHistoryTest, ChangesItsBandWithTheMedianOfTheNewestFive) {
  add_all({0.01, 0.01, 0.01, 0.2, 0.2});
  EXPECT_EQ(history_.band(kKl), Band::working);
  add(0.2);
  EXPECT_EQ(history_.band(kKl), Band::alarm);
}

TEST_F(UpdateHistoryTest, KeepsItsBandAtItsEdge) {
  add_all({0.019, 0.019, 0.019, 0.0205, 0.0205, 0.0205});
  EXPECT_EQ(history_.band(kKl), Band::working);
  EXPECT_EQ(history_.newest_band(kKl), Band::watch);
  add_all({0.023, 0.023, 0.023});
  EXPECT_EQ(history_.band(kKl), Band::watch);
}

TEST_F(UpdateHistoryTest, SaysNothingOfAMetricThatIsMissingNow) {
  add_all({0.01, 0.01, 0.01, std::nullopt});
  EXPECT_EQ(history_.band(kKl), Band::unknown);
  EXPECT_EQ(history_.newest_band(kKl), Band::unknown);
  EXPECT_EQ(history_.recent_values(row_of(kKl).value).size(), 3u);
}

TEST_F(UpdateHistoryTest, ForgetsWhatAResumeLeftBehind) {
  add_all({0.01, 0.2, 0.2, 0.2, 0.2});
  number_ = 1;
  add_all({0.01, 0.01});
  EXPECT_EQ(history_.recent(), 3);
  EXPECT_EQ(history_.median(kKl), 0.01);
  EXPECT_EQ(history_.band(kKl), Band::working);
}

}  // namespace
}  // namespace keisei::studio

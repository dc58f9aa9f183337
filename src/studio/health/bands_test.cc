#include "studio/health/bands.h"

#include <gmock/gmock.h>

namespace keisei::studio {
namespace {

using protocol::Number;

TEST(Bands, MeasureKlAgainstTheClipRange) {
  EXPECT_EQ(kl_band(0.002, 0.2), Band::calm);
  EXPECT_EQ(kl_band(0.019, 0.2), Band::working);
  EXPECT_EQ(kl_band(0.03, 0.2), Band::watch);
  EXPECT_EQ(kl_band(0.06, 0.2), Band::alarm);
  EXPECT_EQ(kl_band(0.019, 0.1), Band::alarm) << "half the clip range, a quarter of the step";
}

TEST(Bands, ClaimNothingAboutAMetricThatIsMissing) {
  EXPECT_EQ(kl_band(std::nullopt, 0.2), Band::unknown);
  EXPECT_EQ(clip_band(std::nullopt), Band::unknown);
  EXPECT_EQ(exploration_band(std::nullopt), Band::unknown);
  EXPECT_EQ(explained_variance_band(std::nullopt), Band::unknown);
}

TEST(BandTracker, TakesTheFirstMeasurementAtOnce) {
  BandTracker tracker;
  EXPECT_EQ(tracker.update(Band::watch), Band::watch);
}

TEST(BandTracker, ChangesOnlyAfterThreeUpdatesInARow) {
  BandTracker tracker;
  tracker.update(Band::working);
  EXPECT_EQ(tracker.update(Band::alarm), Band::working);
  EXPECT_EQ(tracker.update(Band::alarm), Band::working);
  EXPECT_EQ(tracker.update(Band::alarm), Band::alarm);
}

TEST(BandTracker, ForgetsAnOutlier) {
  BandTracker tracker;
  tracker.update(Band::working);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(tracker.update(Band::alarm), Band::working);
    EXPECT_EQ(tracker.update(Band::alarm), Band::working);
    EXPECT_EQ(tracker.update(Band::working), Band::working);
  }
}

TEST(BandTracker, KeepsItsBandWhileNothingIsReported) {
  BandTracker tracker;
  tracker.update(Band::watch);
  for (int i = 0; i < 4; ++i) EXPECT_EQ(tracker.update(Band::unknown), Band::watch);
}

TEST(ExpectedClipFraction, FollowsTheNormalDistribution) {
  EXPECT_NEAR(expected_clip_fraction(0.02, 0.2), 0.317, 0.001);    // one standard deviation
  EXPECT_NEAR(expected_clip_fraction(0.005, 0.2), 0.0455, 0.001);  // two
  EXPECT_EQ(expected_clip_fraction(0, 0.2), 0);
}

}  // namespace
}  // namespace keisei::studio

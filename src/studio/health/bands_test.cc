#include "studio/health/bands.h"

#include <gmock/gmock.h>

#include <limits>

namespace keisei::studio {
namespace {

using protocol::Health;

BandScale scale() {
  return BandScale({{Band::working, Health::healthy, 1, 0.1},
                    {Band::watch, Health::learning, 2, 0.1},
                    {Band::alarm, Health::exploring, std::numeric_limits<double>::infinity(), 0}});
}

TEST(BandScale, JudgesAValueByItself) {
  EXPECT_EQ(scale().band_of(0.99), Band::working);
  EXPECT_EQ(scale().band_of(1), Band::watch);
  EXPECT_EQ(scale().band_of(2e300), Band::alarm);
}

TEST(BandScale, ClaimsNothingAboutAValueThatIsMissing) {
  EXPECT_EQ(scale().band_of(std::nullopt), Band::unknown);
  EXPECT_EQ(scale().health_of(Band::unknown), std::nullopt);
}

TEST(BandScale, KeepsABandUntilItsMarginIsPassed) {
  EXPECT_EQ(scale().settle(Band::working, 1.05), Band::working);
  EXPECT_EQ(scale().settle(Band::working, 1.1), Band::watch);
  EXPECT_EQ(scale().settle(Band::watch, 0.95), Band::watch);
  EXPECT_EQ(scale().settle(Band::watch, 0.85), Band::working);
}

TEST(BandScale, HasNoMarginForABandThatWasNotThere) {
  EXPECT_EQ(scale().settle(Band::unknown, 1.05), Band::watch);
  EXPECT_EQ(scale().settle(Band::alarm, 1.05), Band::watch);
}

TEST(ExpectedClipFraction, FollowsTheNormalDistribution) {
  EXPECT_NEAR(expected_clip_fraction(0.02, 0.2), 0.317, 0.001);    // one standard deviation
  EXPECT_NEAR(expected_clip_fraction(0.005, 0.2), 0.0455, 0.001);  // two
  EXPECT_EQ(expected_clip_fraction(0, 0.2), 0);
}

}  // namespace
}  // namespace keisei::studio

#include "studio/history/trend.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace keisei::studio {
namespace {

using protocol::Trend;

// Series in which each value keeps a share of what the one before was off.
class Noise {
 public:
  explicit Noise(double kept) : kept_(kept), off_(normal_(random_) / std::sqrt(1 - kept * kept)) {}
  double next() { return off_ = kept_ * off_ + normal_(random_); }

 private:
  static inline std::mt19937_64 random_{20261128};
  static inline std::normal_distribution<> normal_;
  double kept_;
  double off_;
};

template <class Value>
std::deque<TrendPoint> series(std::int64_t length, Value value) {
  std::deque<TrendPoint> points;
  for (std::int64_t update = 1; update <= length; ++update) {
    points.push_back({update, value(update)});
  }
  return points;
}

// How many of a thousand flat series are not called steady.
int called_moving(std::int64_t length, double kept, std::size_t least = kLeastUpdates) {
  int moving = 0;
  for (int i = 0; i < 1000; ++i) {
    Noise noise(kept);
    const auto flat = series(length, [&](std::int64_t) { return 10 + noise.next(); });
    moving += trend_of(flat, least).trend == Trend::steady ? 0 : 1;
  }
  return moving;
}

TEST(Trend, IsReadIntoAtMostFivePercentOfFlatSeries) {
  for (const std::int64_t length : {64, 100, 256}) {
    for (const double kept : {0.0, 0.5, 0.8}) {
      EXPECT_LE(called_moving(length, kept), 50) << length << " values that keep " << kept;
    }
  }
  EXPECT_LE(called_moving(16, 0.0, kLeastMeasurements), 50);
}

TEST(Trend, IsSeenThroughNoiseThatHangsTogether) {
  int rising = 0;
  for (int i = 0; i < 100; ++i) {
    Noise noise(0.5);
    const auto learning = series(256, [&](std::int64_t update) {
      return 0.02 * static_cast<double>(update) + noise.next();
    });
    rising += trend_of(learning).trend == Trend::rising ? 1 : 0;
  }
  EXPECT_GE(rising, 95);
}

TEST(Trend, SaysHowSureItsSlopeIs) {
  int held = 0;
  for (int i = 0; i < 1000; ++i) {
    Noise noise(0.5);
    const TrendEstimate estimate = trend_of(series(128, [&](std::int64_t update) {
      return -0.01 * static_cast<double>(update) + noise.next();
    }));
    held += *estimate.low <= -0.01 && -0.01 <= *estimate.high ? 1 : 0;
  }
  EXPECT_GE(held, 970);
  EXPECT_LE(held, 999) << "an interval that is never wrong says nothing";
}

TEST(Trend, IsNotMadeByASpikeNorHiddenByOne) {
  const auto spike = [](std::int64_t update) { return update % 20 == 19 ? 1e6 : 0.0; };
  Noise noise(0);
  EXPECT_EQ(trend_of(series(100,
                            [&](std::int64_t update) {
                              return noise.next() + (update == 100 ? 1e9 : 0);
                            }))
                .trend,
            Trend::steady);
  EXPECT_EQ(trend_of(series(256,
                            [&](std::int64_t update) {
                              return -0.1 * static_cast<double>(update) + noise.next() +
                                     spike(update);
                            }))
                .trend,
            Trend::falling);
}

TEST(Trend, IsUnknownWithoutEnoughValues) {
  const auto line = [](std::int64_t update) { return static_cast<double>(update); };
  EXPECT_EQ(trend_of(series(63, line)).trend, Trend::unknown);
  EXPECT_FALSE(trend_of(series(63, line)).slope);
  EXPECT_EQ(trend_of(series(64, line)).trend, Trend::rising);
  EXPECT_EQ(trend_of({}).trend, Trend::unknown);
}

TEST(Trend, OfAConstantIsSteadyWhateverItsRounding) {
  EXPECT_EQ(trend_of(series(100, [](std::int64_t) { return 0.1; })).trend, Trend::steady);
  EXPECT_EQ(trend_of(series(100, [](std::int64_t) { return 0.0; })).trend, Trend::steady);
}

TEST(TrendWindow, HoldsTheNewestValuesOnly) {
  TrendWindow window;
  for (std::int64_t update = 1; update <= 1000; ++update) window.add(update, 0);
  EXPECT_EQ(window.points().size(), TrendWindow::kMost);
  EXPECT_EQ(window.points().front().update, 745);
}

TEST(TrendWindow, ForgetsWhatCameAfterTheUpdateThatARunWasResumedFrom) {
  TrendWindow window;
  for (std::int64_t update = 1; update <= 10; ++update) window.add(update, 1);
  window.add(8, 2);
  EXPECT_EQ(window.points().size(), 8u);
  EXPECT_EQ(window.points().back().value, 2);
}

}  // namespace
}  // namespace keisei::studio

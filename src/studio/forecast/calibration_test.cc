#include "studio/forecast/calibration.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace keisei::studio {
namespace {

using ::testing::DoubleNear;

double odds_to_share(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

EndedForecasts game(double raw, double score) { return {"", {raw, raw, raw}, score}; }

/// Draws results as the model says, for a network that says too little or too much.
class Nature {
 public:
  Nature(double sharpness, double tie, std::uint64_t seed)
      : sharpness_(sharpness), tie_(tie), random_(seed) {}

  std::vector<EndedForecasts> games(int count) {
    std::vector<EndedForecasts> all;
    for (int i = 0; i < count; ++i) all.push_back(play());
    return all;
  }

 private:
  EndedForecasts play() {
    const double log_odds = std::normal_distribution<>(0, 1)(random_);
    const double expected = odds_to_share(sharpness_ * log_odds);
    // Davidson's equation, solved by halving the interval.
    double low = 0;
    double high = 2 * std::min(expected, 1 - expected);
    for (int i = 0; i < 60; ++i) {
      const double draw = (low + high) / 2;
      const double right = tie_ * std::sqrt((expected - draw / 2) * (1 - expected - draw / 2));
      (draw < right ? low : high) = draw;
    }
    const double drawn = std::uniform_real_distribution<>()(random_);
    const double score = drawn < low ? 0.5 : drawn < low + expected - low / 2 ? 1 : 0;
    return game(odds_to_share(log_odds), score);
  }

  double sharpness_;
  double tie_;
  std::mt19937_64 random_;
};

TEST(Calibration, IsTheNetworksOwnForecastAsLongAsNoGameHasEnded) {
  const Calibration calibration;
  for (const double raw : {0.001, 0.1, 0.37, 0.5, 0.8, 0.999}) {
    EXPECT_THAT(calibration.expected_score(raw), DoubleNear(raw, 1e-9));
    EXPECT_THAT(calibration.chances(raw).expected_score(), DoubleNear(raw, 1e-9));
  }
  EXPECT_FALSE(calibration.is_calibrated());
  EXPECT_THAT(calibration.chances(0.5).draw, DoubleNear(0.25, 1e-9));
}

TEST(Calibration, FindsTheParametersThatResultsWereDrawnFrom) {
  for (const auto& [sharpness, tie] : {std::pair(1.0, 0.6), {2.0, 0.2}, {0.6, 1.5}, {3.0, 3.0}}) {
    const Calibration found(Nature(sharpness, tie, 7).games(4000));
    // Some 185 of them count: the newest.
    EXPECT_THAT(found.sharpness(), DoubleNear(sharpness, 0.35 * sharpness));
    EXPECT_THAT(std::log(found.tie()), DoubleNear(std::log(tie), 0.45));
  }
}

TEST(Calibration, BelievesFewGamesLittle) {
  const Calibration one(std::vector{game(0.7, 0)});
  EXPECT_GT(one.expected_score(0.7), 0.6);
  EXPECT_FALSE(one.is_calibrated());
}

TEST(Calibration, CountsOldGamesLess) {
  Nature timid(2.5, 0.5, 1);
  Nature bold(0.4, 0.5, 2);
  const auto mixed = [](std::vector<EndedForecasts> first,
                        const std::vector<EndedForecasts>& then) {
    first.insert(first.end(), then.begin(), then.end());
    return Calibration(first);
  };
  const auto old_timid = mixed(timid.games(256), bold.games(256));
  const auto old_bold = mixed(bold.games(256), timid.games(256));
  EXPECT_LT(old_timid.sharpness() + 0.3, old_bold.sharpness());
}

TEST(Calibration, CountsAGameOnceHoweverManyOfItsPositionsAreKnown) {
  auto all = Nature(2, 0.5, 3).games(100);
  auto few = all;
  for (EndedForecasts& one : few) one.raw[0] = one.raw[2] = std::nullopt;
  EXPECT_THAT(Calibration(few).sharpness(), DoubleNear(Calibration(all).sharpness(), 1e-6));
}

TEST(Calibration, StaysFiniteWhenAllGamesEndAlike) {
  for (const double score : {0.0, 0.5, 1.0}) {
    for (const double raw : {0.0, 0.01, 0.5, 0.99, 1.0}) {
      const Calibration calibration(std::vector<EndedForecasts>(300, game(raw, score)));
      for (const double asked : {0.0, 0.2, 0.5, 0.9, 1.0}) {
        const ResultChances chances = calibration.chances(calibration.expected_score(asked));
        EXPECT_TRUE(std::isfinite(chances.win + chances.draw + chances.loss));
        EXPECT_THAT(chances.win + chances.draw + chances.loss, DoubleNear(1, 1e-9));
      }
    }
  }
  const Calibration drawn(std::vector<EndedForecasts>(300, game(0.5, 0.5)));
  EXPECT_GT(drawn.chances(0.5).draw, 0.9);
  const Calibration never(std::vector<EndedForecasts>(300, game(0.8, 1)));
  EXPECT_LT(never.chances(0.5).draw, 0.1);
}

TEST(Calibration, FindsThatOneColourDoesBetterThanTheNetworkSays) {
  std::vector<EndedForecasts> games;
  for (int i = 0; i < 256; ++i) games.push_back(game(0.5, i % 4 == 0 ? 0 : 1));
  const Calibration black_better(games);
  EXPECT_GT(black_better.expected_score(0.5), 0.6);
  EXPECT_LT(black_better.expected_score(0.5), 0.75) << "and is careful";
  EXPECT_EQ(Calibration(games, 0).expected_score(0.5), 0.5);
}

TEST(Calibration, TurnsNoForecastForAFewGamesThatOneColourWon) {
  const Calibration calibration(std::vector(4, game(0.5, 1)));
  EXPECT_LT(calibration.expected_score(0.45), 0.5);
}

TEST(Calibration, SeesBothColoursAlike) {
  auto games = Nature(1.5, 0.5, 5).games(100);
  const Calibration seen(games);
  for (EndedForecasts& one : games) {
    one.score = 1 - one.score;
    for (protocol::Number& raw : one.raw) raw = 1 - *raw;
  }
  const Calibration turned(games);
  for (const double raw : {0.1, 0.4, 0.5, 0.9}) {
    EXPECT_THAT(turned.expected_score(1 - raw), DoubleNear(1 - seen.expected_score(raw), 1e-6));
  }
}

RC_GTEST_PROP(Calibration, KeepsOrderWhateverTheGamesWereLike, ()) {
  std::vector<EndedForecasts> games;
  const int count = *rc::gen::inRange(0, 60);
  for (int i = 0; i < count; ++i) {
    games.push_back(game(*rc::gen::inRange(0, 1001) / 1000.0, *rc::gen::inRange(0, 3) / 2.0));
  }
  const Calibration calibration(games);
  double last = -1;
  for (int i = 0; i <= 100; ++i) {
    const double raw = i / 100.0;
    const double expected = calibration.expected_score(raw);
    RC_ASSERT(expected >= last);
    RC_ASSERT(std::isfinite(expected));
    const ResultChances chances = calibration.chances(expected);
    RC_ASSERT(chances.win >= -1e-12 && chances.draw >= 0 && chances.loss >= -1e-12);
    RC_ASSERT(std::abs(chances.expected_score() - expected) < 1e-9);
    last = expected;
  }
}

}  // namespace
}  // namespace keisei::studio

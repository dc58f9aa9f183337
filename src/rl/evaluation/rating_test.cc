#include "rl/evaluation/rating.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

namespace keisei::rl {
namespace {

constexpr RatingOptions kNoPrior{.anchor = 0, .prior_sd = 0};

TEST(Rating, OfTwoPlayersIsTheDifferenceAtWhichTheirScoreIsExpected) {
  const Pairing pairing{.first = 1, .second = 0, .wins = 6, .draws = 3, .losses = 2};
  const auto ratings = rate(2, {&pairing, 1}, kNoPrior);
  EXPECT_EQ(ratings[0].elo, 0);
  EXPECT_EQ(ratings[0].high, 0);
  EXPECT_NEAR(ratings[1].elo, 400 * std::log10(7.5 / 3.5), 1e-4);
  // The variance of 11 games that are won with the chance 7.5 / 11.
  EXPECT_NEAR(ratings[1].high - ratings[1].elo,
              1.959964 * 400 / std::numbers::ln10 / std::sqrt(7.5 * 3.5 / 11), 1e-3);
}

TEST(Rating, HasOneScaleHoweverManyGamesAreDrawn) {
  for (const int draws : {0, 20, 40, 72}) {
    const Pairing pairing{
        .first = 1, .second = 0, .wins = 64 - draws / 2, .draws = draws, .losses = 36 - draws / 2};
    EXPECT_NEAR(rate(2, {&pairing, 1}, kNoPrior)[1].elo, 400 * std::log10(64.0 / 36), 1e-4)
        << draws << " draws in a score of 64 %";
  }
}

TEST(Rating, AddsUpAlongAChain) {
  const Pairing chain[] = {{.first = 1, .second = 0, .wins = 3, .draws = 0, .losses = 1},
                           {.first = 2, .second = 1, .wins = 3, .draws = 0, .losses = 1}};
  const auto ratings = rate(3, chain, kNoPrior);
  EXPECT_NEAR(ratings[2].elo, 2 * 400 * std::log10(3.0), 1e-4);
  const auto half = [&](std::size_t i) { return ratings[i].high - ratings[i].elo; };
  EXPECT_NEAR(half(2), std::sqrt(2.0) * half(1), 1e-3);
}

TEST(Rating, DoesNotDependOnTheOrderOfTheGames) {
  const Pairing one[] = {{.first = 0, .second = 1, .wins = 2, .draws = 1, .losses = 7},
                         {.first = 1, .second = 2, .wins = 4, .draws = 2, .losses = 4},
                         {.first = 2, .second = 0, .wins = 5, .draws = 0, .losses = 5}};
  const Pairing other[] = {{.first = 0, .second = 2, .wins = 5, .draws = 0, .losses = 5},
                           {.first = 2, .second = 1, .wins = 4, .draws = 2, .losses = 4},
                           {.first = 1, .second = 0, .wins = 7, .draws = 1, .losses = 2}};
  const auto a = rate(3, one), b = rate(3, other);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(a[i].elo, b[i].elo, 1e-6);
}

TEST(Rating, APriorKeepsFiniteWhoHasOnlyWon) {
  const Pairing pairing{.first = 1, .second = 0, .wins = 20, .draws = 0, .losses = 0};
  const auto ratings = rate(2, {&pairing, 1});
  EXPECT_GT(ratings[1].elo, 500);
  EXPECT_LT(ratings[1].elo, 1200);
  EXPECT_GT(ratings[1].low, 0);
}

TEST(Rating, APriorHardlyMovesWhoHasPlayedMuch) {
  const Pairing pairing{.first = 1, .second = 0, .wins = 300, .draws = 0, .losses = 100};
  const double plain = rate(2, {&pairing, 1}, kNoPrior)[1].elo;
  EXPECT_NEAR(rate(2, {&pairing, 1})[1].elo, plain, 1);
}

}  // namespace
}  // namespace keisei::rl

#include "rl/evaluation/rating.h"

#include <gtest/gtest.h>

#include <cmath>

namespace keisei::rl {
namespace {

constexpr RatingOptions kNoPrior{.anchor = 0, .prior_sd = 0};

TEST(Rating, OfTwoPlayersFollowsFromWinsAndLosses) {
  // Two parameters and two free shares: the model fits them exactly, so g1 / g0 = 6 / 2 and
  // nu = 3 / sqrt(12). The variance of ln(6 / 2) is 1/6 + 1/2.
  const Pairing pairing{.first = 1, .second = 0, .wins = 6, .draws = 3, .losses = 2};
  const Ratings ratings = rate(2, {&pairing, 1}, kNoPrior);
  EXPECT_EQ(ratings.players[0].elo, 0);
  EXPECT_EQ(ratings.players[0].high, 0);
  EXPECT_NEAR(ratings.players[1].elo, 190.8485, 1e-3);
  EXPECT_NEAR(ratings.players[1].high - ratings.players[1].elo,
              1.959964 * 173.7178 * std::sqrt(2.0 / 3), 1e-2);
  EXPECT_NEAR(ratings.draw_weight, 0.866025, 1e-5);
}

TEST(Rating, WithoutDrawsIsBradleyAndTerrys) {
  const Pairing pairing{.first = 0, .second = 1, .wins = 1, .draws = 0, .losses = 3};
  const Ratings ratings = rate(2, {&pairing, 1}, kNoPrior);
  EXPECT_NEAR(ratings.players[1].elo, 400 * std::log10(3.0), 1e-4);
  EXPECT_EQ(ratings.draw_weight, 0);
}

TEST(Rating, AddsUpAlongAChain) {
  const Pairing chain[] = {{.first = 1, .second = 0, .wins = 3, .draws = 0, .losses = 1},
                           {.first = 2, .second = 1, .wins = 3, .draws = 0, .losses = 1}};
  const Ratings ratings = rate(3, chain, kNoPrior);
  EXPECT_NEAR(ratings.players[2].elo, 2 * 400 * std::log10(3.0), 1e-4);
  const auto half = [&](std::size_t i) { return ratings.players[i].high - ratings.players[i].elo; };
  EXPECT_NEAR(half(2), std::sqrt(2.0) * half(1), 1e-3);
}

TEST(Rating, DoesNotDependOnTheOrderOfTheGames) {
  const Pairing one[] = {{.first = 0, .second = 1, .wins = 2, .draws = 1, .losses = 7},
                         {.first = 1, .second = 2, .wins = 4, .draws = 2, .losses = 4},
                         {.first = 2, .second = 0, .wins = 5, .draws = 0, .losses = 5}};
  const Pairing other[] = {{.first = 0, .second = 2, .wins = 5, .draws = 0, .losses = 5},
                           {.first = 2, .second = 1, .wins = 4, .draws = 2, .losses = 4},
                           {.first = 1, .second = 0, .wins = 7, .draws = 1, .losses = 2}};
  const Ratings a = rate(3, one), b = rate(3, other);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(a.players[i].elo, b.players[i].elo, 1e-6);
}

TEST(Rating, APriorKeepsFiniteWhoHasOnlyWon) {
  const Pairing pairing{.first = 1, .second = 0, .wins = 20, .draws = 0, .losses = 0};
  const Ratings ratings = rate(2, {&pairing, 1});
  EXPECT_GT(ratings.players[1].elo, 500);
  EXPECT_LT(ratings.players[1].elo, 1200);
  EXPECT_GT(ratings.players[1].low, 0);
}

TEST(Rating, APriorHardlyMovesWhoHasPlayedMuch) {
  const Pairing pairing{.first = 1, .second = 0, .wins = 300, .draws = 0, .losses = 100};
  const double plain = rate(2, {&pairing, 1}, kNoPrior).players[1].elo;
  EXPECT_NEAR(rate(2, {&pairing, 1}).players[1].elo, plain, 1);
}

}  // namespace
}  // namespace keisei::rl

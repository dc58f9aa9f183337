#include "rl/selfplay/foresight.h"

#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <vector>

#include "rl/random.h"
#include "rl/selfplay/environment.h"

namespace keisei::rl {
namespace {

using shogi::Color;

constexpr int kPlies = 4;

// Whoever it is that wins, after kPlies plies; none: drawn.
shogi::Game game_won_by(std::optional<Color> winner) {
  shogi::Game game(shogi::Position::startpos(), {.max_plies = kPlies + 1});
  while (game.ply() < kPlies) game.play(game.legal_moves()[0]);
  if (winner) {
    game.resign(~*winner);
  } else {
    game.play(game.legal_moves()[0]);
  }
  return game;
}

// Forecasts of one size in favour of a player.
std::vector<float> forecasts_for(Color player, float size) {
  std::vector<float> forecasts;
  for (int ply = 0; ply < kPlies; ++ply) {
    forecasts.push_back((ply % 2 == 0) == (player == Color::black) ? size : -size);
  }
  return forecasts;
}

// Games that Black and White win in turn, of which the winner was thought to have that forecast.
void add_games(Foresight& foresight, int games, float of_winner) {
  for (int i = 0; i < games; ++i) {
    const Color winner = i % 2 == 0 ? Color::black : Color::white;
    foresight.add(foresight.compare(game_won_by(winner), forecasts_for(winner, of_winner)));
  }
}

// By expectations that nothing has been learnt about yet.
double explained(float of_winner) {
  Foresight foresight;
  ForecastSums sums;
  for (int i = 0; i < 100; ++i) {
    const Color winner = i % 2 == 0 ? Color::black : Color::white;
    sums += foresight.compare(game_won_by(winner), forecasts_for(winner, of_winner));
  }
  foresight.add(sums);
  return foresight.explained_variance();
}

TEST(Foresight, IsJudgedByResults) {
  EXPECT_NEAR(explained(1), 1, 1e-5);
  EXPECT_NEAR(explained(0.5F), 0.75, 1e-9);
  EXPECT_NEAR(explained(-0.5F), 1 - 1.5 * 1.5, 1e-9) << "worse than a constant guess";
}

// What shaping leaves of such a network: its value takes the potential back, and with it added
// again nothing remains. Held against its targets it explained 0.84 of them.
TEST(Foresight, OfANetworkThatKnowsNoMoreThanThePotentialIsNone) {
  EXPECT_NEAR(explained(0), 0, 1e-9);
}

TEST(Foresight, IsUnknownBeforeEnoughGamesHaveEnded) {
  Foresight foresight;
  add_games(foresight, 31, 0.5F);
  EXPECT_TRUE(std::isnan(foresight.explained_variance()));
  add_games(foresight, 3, 0.5F);
  EXPECT_FALSE(std::isnan(foresight.explained_variance()));
}

TEST(Foresight, IsUnknownWhereAllGamesEndAlike) {
  Foresight foresight;
  for (int i = 0; i < 100; ++i) {
    foresight.add(foresight.compare(game_won_by({}), forecasts_for(Color::black, 0.3F)));
  }
  EXPECT_TRUE(std::isnan(foresight.explained_variance()));
}

TEST(Foresight, IsOfTheLatestGames) {
  Foresight foresight;
  add_games(foresight, 2000, 1);
  EXPECT_NEAR(foresight.explained_variance(), 1, 1e-5);
  add_games(foresight, 4 * static_cast<int>(Foresight::kMemory), 0);
  EXPECT_LT(foresight.explained_variance(), 0.05);
}

TEST(Foresight, ExpectsAResultAsItWasForecastUntilItKnowsBetter) {
  EXPECT_NEAR(Foresight().expected_result(0.3), 0.3, 1e-12);
  EXPECT_EQ(Foresight().expected_result(0), 0);
  EXPECT_EQ(Foresight().expected_result(-1), -1);
}

// The forecasts of a value that knows who will win, and when: gamma^plies for the winner.
TEST(Foresight, TellsTheSureResultThatADiscountedForecastStandsFor) {
  constexpr double kGamma = 0.99;
  constexpr int kLength = 120;
  Foresight foresight;
  for (int i = 0; i < 1000; ++i) {
    const Color winner = i % 2 == 0 ? Color::black : Color::white;
    std::vector<float> forecasts;
    for (int ply = 0; ply < kLength; ++ply) {
      const double size = std::pow(kGamma, kLength - 1 - ply);
      forecasts.push_back(
          static_cast<float>((ply % 2 == 0) == (winner == Color::black) ? size : -size));
    }
    foresight.add(foresight.compare(game_won_by(winner), forecasts));
  }
  EXPECT_NEAR(std::pow(kGamma, 60), 0.55, 0.01);
  EXPECT_GT(foresight.expected_result(0.55), 0.95);
  EXPECT_LT(foresight.expected_result(-0.55), -0.95);
}

// Results that are as likely as a sharpness of 3 says.
TEST(Foresight, ExpectsWhatGamesWithSuchAForecastCameTo) {
  constexpr double kForecast = 0.2;
  const double truth = std::tanh(3 * std::atanh(kForecast));
  Random random(1);
  Foresight foresight;
  for (int i = 0; i < 6000; ++i) {
    const bool black_is_ahead = i % 2 == 0;
    const bool black_wins = (random.uniform() < (1 + truth) / 2) == black_is_ahead;
    std::vector<float> forecasts;
    for (int ply = 0; ply < 100; ++ply) {
      forecasts.push_back(
          static_cast<float>((ply % 2 == 0) == black_is_ahead ? kForecast : -kForecast));
    }
    foresight.add(
        foresight.compare(game_won_by(black_wins ? Color::black : Color::white), forecasts));
  }
  EXPECT_NEAR(foresight.expected_result(kForecast), truth, 0.1);
  EXPECT_GT(truth, 2 * kForecast);
}

TEST(Foresight, LeavesOutPliesThatNobodyWasAskedAbout) {
  std::vector<float> forecasts = forecasts_for(Color::white, 0.5F);
  forecasts[0] = forecasts[2] = kNoForecast;
  const ForecastSums sums = Foresight().compare(game_won_by(Color::white), forecasts);
  EXPECT_EQ(sums.plies, 2);
  EXPECT_EQ(sums.results, 2) << "White was to move in both";
  EXPECT_EQ(Foresight().compare(game_won_by(Color::white), {}).games, 0);
}

TEST(Foresight, GoesOnFromItsNumbersAndRefusesOthers) {
  Foresight original, resumed;
  add_games(original, 50, 0.5F);
  ASSERT_TRUE(resumed.load(original.save()));
  EXPECT_EQ(resumed.explained_variance(), original.explained_variance());
  EXPECT_EQ(resumed.expected_result(0.2), original.expected_result(0.2));
  EXPECT_NE(resumed.expected_result(0.2), Foresight().expected_result(0.2));
  auto numbers = original.save();
  EXPECT_FALSE(resumed.load(std::span(numbers).first(2)));
  numbers[1] = std::nan("");
  EXPECT_FALSE(resumed.load(numbers));
}

}  // namespace
}  // namespace keisei::rl

#pragma once

#include <array>
#include <span>

#include "shogi/game.h"

namespace keisei::rl {

/// What became of forecasts: sums over the plies of finished games for which there was one. Those
/// of workers and processes are added up.
struct ForecastSums {
  double games = 0, plies = 0;
  double results = 0, squared_results = 0;  // +1, 0 or -1 for the player who was to move
  double errors = 0, squared_errors = 0;    // what the result was more than expected
  // Of the logarithm of the results' likelihood, by the sharpness: first and negated second
  // derivative.
  double slope = 0, curvature = 0;

  std::array<double*, 8> numbers() {
    return {&games,  &plies,          &results, &squared_results,
            &errors, &squared_errors, &slope,   &curvature};
  }
  ForecastSums& operator+=(ForecastSums other);
};

/// What the network of a run foresees of how games end, and how well. Both by the results of
/// finished games, not by the targets that it learns from: those are discounted, mostly its own
/// later values and, with shaping, without the potential, which a value foresees that knows nothing
/// of the game.
///
/// A forecast f is discounted: a sure win 60 plies ahead is one of 0.55 with gamma = 0.99. The
/// result that it stands for is tanh(s artanh f), a logistic regression of results on the logarithm
/// of the forecast's odds. It keeps order, sign, 0 and 1, and has one parameter, the sharpness s:
/// that which makes the latest results likeliest, followed by a step of Newton's method with every
/// add(). 1 in the beginning: a result is expected as it was forecast.
class Foresight {
 public:
  /// What games with such a forecast come to, on average: in [-1, 1], for the same player.
  double expected_result(double forecast) const;

  /// Sums over a finished game. `forecasts`: one for each ply from the first on, for the player who
  /// was to move, in [-1, 1]; kNoForecast where there is none, and for the plies after the last.
  ForecastSums compare(const shogi::Game& finished, std::span<const float> forecasts) const;

  /// Takes in what became of the games that have ended since the last call; earlier ones count less
  /// and less, all of them together about as much as the latest kMemory.
  void add(const ForecastSums& finished);

  /// Share of the variance of results that expected results foresaw: 1 all, 0 as much as a constant
  /// guess. NaN as long as fewer than kLeastGames have ended, and if they all ended alike.
  double explained_variance() const;

  /// Its state, as a checkpoint keeps it; load() gives false for numbers that are none.
  std::array<double, 9> save() const;
  bool load(std::span<const double> numbers);

  static constexpr double kMemory = 512, kLeastGames = 32;  // games

 private:
  ForecastSums sums_;
  double sharpness_ = 1;
};

}  // namespace keisei::rl

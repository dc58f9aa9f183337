#pragma once

#include <array>
#include <string>
#include <vector>

#include "games.h"

/// How far a way to forecast is from results, over positions of games; each game weighs 1.
struct Errors {
  double score = 0;           // mean square of expected score less score
  double three_way = 0;       // Brier's: sum of the squares over win, draw and loss
  double miscalibration = 0;  // mean square of a bin's mean forecast less its mean score
};

/// Positions that were forecast alike.
struct Bin {
  double weight = 0;    // in games
  double forecast = 0;  // mean
  double score = 0;     // mean
};
constexpr std::size_t kBins = 10;
using Bins = std::array<Bin, kBins>;

/// A way to forecast.
struct Way {
  std::string name;
  Errors errors{};
  Bins bins{};
  int right = 0;  // halfway, at least 5 of 100 from even, in games that were won
  int wrong = 0;
  double gain = 0;      // of the squared error of the score against the network's own,
  double gain_low = 0;  // with its 95 % interval, games drawn anew a thousand times
  double gain_high = 0;
};

struct Study {
  int games = 0;  // that were forecast
  int draws = 0;
  std::vector<std::int64_t> updates;  // of their networks
  std::vector<Way> ways;
};

/// Every game is forecast from those before it, as a show would: the first 20 only teach.
Study study(const ForecastGames& games);
std::string text_of(const Study& study);

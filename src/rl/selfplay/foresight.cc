#include "rl/selfplay/foresight.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace keisei::rl {
namespace {

double variance(double sum, double squares, double count) {
  return squares / count - (sum / count) * (sum / count);
}

// Of results that differ at all, even by one game in a memory.
constexpr double kLeastVariance = 1e-9;
// The sharpest forecast that says how sharp forecasts are to be: a surer one would outweigh a game.
constexpr double kSurest = 0.999;
// Keeps the sharpness from straying while there is little to tell it: the curvature of about ten
// games with forecasts around 0.5, and of some hundred with a beginner's.
constexpr double kDamping = 1000;
constexpr double kLeastSharpness = 0.1, kMostSharpness = 20;

}  // namespace

ForecastSums& ForecastSums::operator+=(ForecastSums other) {
  const auto own = numbers(), added = other.numbers();
  for (std::size_t i = 0; i < own.size(); ++i) *own[i] += *added[i];
  return *this;
}

double Foresight::expected_result(double forecast) const {
  return std::tanh(sharpness_ * std::atanh(forecast));
}

ForecastSums Foresight::compare(const shogi::Game& finished,
                                std::span<const float> forecasts) const {
  ForecastSums sums;
  const auto winner = finished.result()->winner;
  shogi::Color mover = finished.start().side_to_move();
  for (const float forecast : forecasts) {
    const double result = !winner ? 0 : *winner == mover ? 1 : -1;
    mover = ~mover;
    if (std::isnan(forecast)) continue;
    const double sure = std::clamp(static_cast<double>(forecast), -kSurest, kSurest);
    const double expected = expected_result(sure), error = result - expected;
    const double odds = std::atanh(sure);
    sums.slope += odds * error;
    sums.curvature += odds * odds * (1 - expected * expected);
    sums.plies += 1;
    sums.results += result;
    sums.squared_results += result * result;
    sums.errors += error;
    sums.squared_errors += error * error;
  }
  sums.games = sums.plies > 0 ? 1 : 0;
  return sums;
}

void Foresight::add(const ForecastSums& finished) {
  const double kept = std::pow(1 - 1 / kMemory, finished.games);
  for (double* const number : sums_.numbers()) *number *= kept;
  sums_ += finished;
  sharpness_ = std::clamp(sharpness_ + finished.slope / (sums_.curvature + kDamping),
                          kLeastSharpness, kMostSharpness);
}

double Foresight::explained_variance() const {
  constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  if (sums_.games < kLeastGames) return kUnknown;
  const double of_results = variance(sums_.results, sums_.squared_results, sums_.plies);
  if (of_results < kLeastVariance) return kUnknown;
  return 1 - variance(sums_.errors, sums_.squared_errors, sums_.plies) / of_results;
}

std::array<double, 9> Foresight::save() const {
  ForecastSums copy = sums_;
  const auto from = copy.numbers();
  std::array<double, 9> numbers{};
  for (std::size_t i = 0; i < from.size(); ++i) numbers[i] = *from[i];
  numbers.back() = sharpness_;
  return numbers;
}

bool Foresight::load(std::span<const double> numbers) {
  ForecastSums loaded;
  const auto into = loaded.numbers();
  if (numbers.size() != into.size() + 1) return false;
  if (!std::all_of(numbers.begin(), numbers.end(), [](double n) { return std::isfinite(n); })) {
    return false;
  }
  for (std::size_t i = 0; i < into.size(); ++i) *into[i] = numbers[i];
  sums_ = loaded;
  sharpness_ = std::clamp(numbers.back(), kLeastSharpness, kMostSharpness);
  return true;
}

}  // namespace keisei::rl

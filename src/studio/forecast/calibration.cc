#include "studio/forecast/calibration.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace keisei::studio {
namespace {

// Of the sharpness: how far a network may be from saying what it sees.
constexpr double kSharpnessDeviation = 0.5;
constexpr double kMostSharpness = 6;
constexpr double kMostShift = 2;
// Of the logarithm of the tie parameter.
constexpr double kTieDeviation = 1;
constexpr double kLeastLogTie = -7;
constexpr double kMostLogTie = 7;
// No forecast is told to be surer,
constexpr double kSurest = 0.9999;
// and none counts as surer: one wrong word of a bold network would weigh as much as all others.
constexpr double kSurestOfSamples = 0.995;

struct Sample {
  double log_odds;
  double score;
  double weight;
};

double log_odds(double share, double surest) {
  const double bounded = std::clamp(share, 1 - surest, surest);
  return std::log(bounded / (1 - bounded));
}
double share_of(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

std::vector<Sample> samples_of(std::span<const EndedForecasts> games) {
  std::vector<Sample> samples;
  double newness = 1;
  const double fading = std::exp2(-1 / Calibration::kHalfLife);
  for (auto game = games.rbegin(); game != games.rend(); ++game, newness *= fading) {
    const auto known = static_cast<double>(
        std::count_if(game->raw.begin(), game->raw.end(), [](const auto& one) { return !!one; }));
    for (const protocol::Number& raw : game->raw) {
      if (raw) samples.push_back({log_odds(*raw, kSurestOfSamples), game->score, newness / known});
    }
  }
  return samples;
}

/// Of a logarithm of a likelihood, by its parameter.
struct Derivatives {
  double slope;
  double curvature;  // negated
};

/// Where the slope is 0: Newton's method, halving the interval where it would leave it.
template <class Derive>
double likeliest(double low, double high, double guess, Derive derive) {
  constexpr int kMostSteps = 40;
  constexpr double kClose = 1e-9;
  for (int step = 0; step < kMostSteps; ++step) {
    const Derivatives at = derive(guess);
    (at.slope > 0 ? low : high) = guess;
    double next = guess + at.slope / at.curvature;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (std::abs(next - guess) < kClose) return next;
    guess = next;
  }
  return guess;
}

/// Of a normal prior.
Derivatives prior(double deviation, double from_mean) {
  const double precision = 1 / (deviation * deviation);
  return {-from_mean * precision, precision};
}

struct Slant {
  double sharpness = 1;
  double shift = 0;

  double expected(double log_odds) const { return share_of(sharpness * log_odds + shift); }
};

/// Of the logarithm of the slant's posterior: gradient and negated second derivatives.
struct SlantDerivatives {
  double by_sharpness;
  double by_shift = 0;
  double sharpness_twice;
  double shift_twice = 0;
  double both = 0;
};

SlantDerivatives derive(const std::vector<Sample>& samples, const Slant& at,
                        double shift_deviation) {
  const Derivatives of_sharpness = prior(kSharpnessDeviation, at.sharpness - 1);
  SlantDerivatives sum{.by_sharpness = of_sharpness.slope,
                       .sharpness_twice = of_sharpness.curvature};
  const bool has_shift = shift_deviation > 0;
  const Derivatives of_shift = has_shift ? prior(shift_deviation, at.shift) : Derivatives{0, 1};
  sum.by_shift = of_shift.slope;
  sum.shift_twice = of_shift.curvature;
  for (const auto& [odds, score, weight] : samples) {
    const double expected = at.expected(odds);
    const double variance = weight * expected * (1 - expected);
    sum.by_sharpness += weight * odds * (score - expected);
    sum.sharpness_twice += odds * odds * variance;
    if (!has_shift) continue;
    sum.by_shift += weight * (score - expected);
    sum.shift_twice += variance;
    sum.both += odds * variance;
  }
  return sum;
}

/// Newton's method on a function that is concave; no step is longer than 1, and none leaves the
/// bounds.
Slant fitted_slant(const std::vector<Sample>& samples, double shift_deviation) {
  constexpr int kMostSteps = 40;
  constexpr double kClose = 1e-9;
  Slant slant;
  for (int step = 0; step < kMostSteps; ++step) {
    const SlantDerivatives at = derive(samples, slant, shift_deviation);
    // The priors keep it above 0.
    const double determinant = at.sharpness_twice * at.shift_twice - at.both * at.both;
    const double by_sharpness =
        (at.shift_twice * at.by_sharpness - at.both * at.by_shift) / determinant;
    const double by_shift =
        (at.sharpness_twice * at.by_shift - at.both * at.by_sharpness) / determinant;
    const Slant before = slant;
    slant.sharpness =
        std::clamp(slant.sharpness + std::clamp(by_sharpness, -1.0, 1.0), 0.0, kMostSharpness);
    slant.shift =
        std::clamp(slant.shift + std::clamp(by_shift, -1.0, 1.0), -kMostShift, kMostShift);
    if (std::abs(slant.sharpness - before.sharpness) + std::abs(slant.shift - before.shift) <
        kClose) {
      break;
    }
  }
  return slant;
}

/// Solves draw = tie sqrt(win loss) for the draw that goes with an expected score.
struct Split {
  double draw;
  double by_log_tie;  // its derivative

  Split(double expected, double log_tie) {
    const double both = 4 * expected * (1 - expected);
    const double inverse = 4 * both * std::exp(-2 * log_tie);
    const double root = std::sqrt(1 - both + inverse);
    draw = both / (1 + root);
    by_log_tie = root > 0 ? draw / (1 + root) * inverse / root : 0;
  }
};

double fitted_log_tie(const std::vector<Sample>& samples, const Slant& slant, double mean) {
  return likeliest(kLeastLogTie, kMostLogTie, mean, [&](double log_tie) {
    constexpr double kLeast = 1e-12;
    Derivatives sum = prior(kTieDeviation, log_tie - mean);
    for (const auto& [odds, score, weight] : samples) {
      const double expected = slant.expected(odds);
      const Split split(expected, log_tie);
      const double draw = std::max(split.draw, kLeast);
      const double win = std::max(expected - split.draw / 2, kLeast);
      const double loss = std::max(1 - expected - split.draw / 2, kLeast);
      const double of_result = score == 0.5 ? 1 / draw : -0.5 / (score > 0.5 ? win : loss);
      sum.slope += weight * split.by_log_tie * of_result;
      // Fisher's information in the place of the second derivative: it is never negative.
      sum.curvature +=
          weight * split.by_log_tie * split.by_log_tie * (1 / draw + 0.25 / win + 0.25 / loss);
    }
    return sum;
  });
}

}  // namespace

Calibration::Calibration(std::span<const EndedForecasts> games, double shift_deviation)
    : games_(static_cast<int>(games.size())) {
  const std::vector<Sample> samples = samples_of(games);
  const Slant slant = fitted_slant(samples, shift_deviation);
  sharpness_ = slant.sharpness;
  shift_ = slant.shift;
  tie_ = std::exp(fitted_log_tie(samples, slant, std::log(kPriorTie)));
}

double Calibration::expected_score(double raw) const {
  return Slant{sharpness_, shift_}.expected(log_odds(raw, kSurest));
}

ResultChances Calibration::chances(double expected_score) const {
  const double draw = Split(expected_score, std::log(tie_)).draw;
  return {std::max(0.0, expected_score - draw / 2), draw,
          std::max(0.0, 1 - expected_score - draw / 2)};
}

}  // namespace keisei::studio

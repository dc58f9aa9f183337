#include "studio/history/strength_readings.h"

#include <algorithm>
#include <cmath>

namespace keisei::studio {
namespace {

using protocol::StrengthMeasure;
using protocol::StrengthReading;

StrengthReading share(const protocol::SkillOutcome& skill) {
  constexpr double kQuantile = 1.96;
  constexpr double kSquare = kQuantile * kQuantile;
  const double trials = skill.trials;
  const double value = skill.successes / trials;
  const double centre = (value + kSquare / (2 * trials)) / (1 + kSquare / trials);
  const double half = kQuantile / (1 + kSquare / trials) *
                      std::sqrt(value * (1 - value) / trials + kSquare / (4 * trials * trials));
  return {StrengthMeasure::skill, skill.name, value, std::min(value, centre - half),
          std::max(value, centre + half)};
}

}  // namespace

std::vector<StrengthReading> readings_of(const protocol::EvaluationFinished& evaluation) {
  std::vector<StrengthReading> readings;
  if (evaluation.random_score) {
    readings.push_back({StrengthMeasure::random_score, "", *evaluation.random_score,
                        evaluation.random_low, evaluation.random_high});
  }
  if (evaluation.elo) {
    StrengthReading elo{StrengthMeasure::elo, "", *evaluation.elo, {}, {}};
    if (evaluation.elo_error) {
      elo.low = *evaluation.elo - *evaluation.elo_error;
      elo.high = *evaluation.elo + *evaluation.elo_error;
    }
    readings.push_back(elo);
  }
  for (const protocol::SkillOutcome& skill : evaluation.skills) {
    if (skill.trials > 0 && skill.successes <= skill.trials) readings.push_back(share(skill));
  }
  readings.resize(std::min(readings.size(), protocol::kMostStrengthLines));
  return readings;
}

}  // namespace keisei::studio

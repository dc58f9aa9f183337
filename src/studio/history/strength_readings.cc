#include "studio/history/strength_readings.h"

#include <algorithm>

#include "studio/history/share_estimate.h"

namespace keisei::studio {
namespace {

using protocol::StrengthMeasure;
using protocol::StrengthReading;

StrengthReading share(const protocol::SkillOutcome& skill) {
  const ShareEstimate solved = share_of(skill.successes, skill.trials);
  return {StrengthMeasure::skill, skill.name, solved.share, solved.low, solved.high};
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

#include "studio/milestones/ladder.h"

#include <array>
#include <cmath>

namespace keisei::studio {
namespace {

constexpr std::array kScoreSteps = {0.5, 0.75, 0.9, 0.95};
constexpr std::array kSkillSteps = {0.25, 0.5, 0.75, 0.9};
constexpr double kEloStep = 200;

template <class Steps>
std::optional<double> highest_of(const Steps& steps, double reading) {
  std::optional<double> highest;
  for (const double step : steps) {
    if (step <= reading) highest = step;
  }
  return highest;
}

std::optional<double> one_and_five_from(double first, double reading) {
  if (!(reading >= first)) return std::nullopt;
  double step = first;
  for (bool times_five = true; step * (times_five ? 5 : 2) <= reading; times_five = !times_five) {
    step *= times_five ? 5 : 2;
  }
  return step;
}

}  // namespace

std::optional<double> one_and_five(double reading) { return one_and_five_from(10, reading); }

std::optional<double> one_and_five_from_100(double reading) {
  return one_and_five_from(100, reading);
}

std::optional<double> every_200(double reading) {
  const double step = std::floor(reading / kEloStep) * kEloStep;
  return step >= kEloStep ? std::optional(step) : std::nullopt;
}

std::optional<double> score_steps(double reading) { return highest_of(kScoreSteps, reading); }

std::optional<double> skill_steps(double reading) { return highest_of(kSkillSteps, reading); }

}  // namespace keisei::studio

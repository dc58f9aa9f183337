#include "studio/milestones/strength_rules.h"

#include <fmt/format.h>

#include <cmath>
#include <string>
#include <utility>

namespace keisei::studio {
namespace {

using protocol::MilestoneKind;

/// Nobody is that much stronger than anybody.
constexpr double kMostElo = 100'000;

/// Lower end of the 95 % Wilson interval.
double wilson_low(int successes, int trials) {
  constexpr double kZ = 1.959964;
  const double n = trials;
  const double share = successes / n;
  const double z2 = kZ * kZ / n;
  return (share + z2 / 2 - kZ * std::sqrt(share * (1 - share) / n + z2 / (4 * n))) / (1 + z2);
}

}  // namespace

std::array<Ladder, kEnumerators<KnownSkill>> StrengthRules::ladders(Ladder::Steps steps) {
  return [&]<std::size_t... I>(std::index_sequence<I...>) {
    return std::array{((void)I, Ladder(steps))...};
  }
  (std::make_index_sequence<kEnumerators<KnownSkill>>());
}

std::vector<Milestone> StrengthRules::hear(const protocol::EvaluationFinished& evaluation) {
  std::vector<Milestone> reached;
  const auto reach = [&](MilestoneKind kind, std::string detail, double value) {
    Milestone& milestone = reached.emplace_back();
    milestone.kind = kind;
    milestone.detail = std::move(detail);
    milestone.update = evaluation.update;
    milestone.value = value;
    milestone.reached_at = evaluation.emitted_at;
  };
  if (evaluation.random_score && evaluation.random_low) {
    if (const auto step = score_.climb(*evaluation.random_low)) {
      reach(MilestoneKind::score, fmt::format("{:.0f}", *step * 100), *evaluation.random_score);
    }
  }
  for (const protocol::SkillOutcome& outcome : evaluation.skills) {
    const auto skill = enumerator_of<KnownSkill>(outcome.name);
    if (!skill || outcome.trials == 0 || outcome.successes > outcome.trials) continue;
    const auto step = skills_[static_cast<std::size_t>(*skill)].climb(
        wilson_low(outcome.successes, outcome.trials));
    if (!step) continue;
    reach(MilestoneKind::skill, fmt::format("{}/{:.0f}", outcome.name, *step * 100),
          static_cast<double>(outcome.successes) / outcome.trials);
  }
  if (evaluation.elo && evaluation.elo_error && std::abs(*evaluation.elo) < kMostElo) {
    if (const auto step = elo_.climb(*evaluation.elo - *evaluation.elo_error)) {
      reach(MilestoneKind::elo, fmt::format("{:.0f}", *step), *evaluation.elo);
    }
  }
  if (const auto found = breakthroughs_.hear(evaluation)) {
    reach(MilestoneKind::breakthrough, fmt::format("{}", found->over), found->score);
  }
  return reached;
}

}  // namespace keisei::studio

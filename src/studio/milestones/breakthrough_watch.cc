#include "studio/milestones/breakthrough_watch.h"

#include <algorithm>
#include <cmath>

namespace keisei::studio {
namespace {

double expected_score(double elo) { return 1 / (1 + std::pow(10, -elo / 400)); }

}  // namespace

// The stake is spread over all opponents to come, 1/2 + 1/6 + 1/12 + … = 1, so that many opponents
// are not many chances.
double BreakthroughWatch::stake_of(std::size_t place) {
  const auto n = static_cast<double>(place);
  return 1 / ((n + 1) * (n + 2));
}

BreakthroughWatch::Opponent& BreakthroughWatch::opponent(std::int64_t update) {
  const auto found = std::find_if(opponents_.begin(), opponents_.end(),
                                  [&](const Opponent& one) { return one.update == update; });
  if (found != opponents_.end()) {
    std::rotate(found, found + 1, opponents_.end());
    return opponents_.back();
  }
  if (opponents_.size() == kMostOpponents) opponents_.erase(opponents_.begin());
  return opponents_.emplace_back(
      Opponent{update, stake_of(met_++), SequentialTest(expected_score(kElo))});
}

std::optional<BreakthroughWatch::Breakthrough> BreakthroughWatch::hear(
    const protocol::EvaluationFinished& evaluation) {
  if (evaluation.update <= newest_) return std::nullopt;
  newest_ = evaluation.update;
  for (const protocol::PastScore& score : evaluation.past_scores) {
    if (score.update < base_ || score.update >= evaluation.update) continue;
    Opponent& against = opponent(score.update);
    against.test.add(score.wins, score.draws, score.losses);
    against.games += 1.0 * score.wins + score.draws + score.losses;
    against.points += score.wins + 0.5 * score.draws;
  }
  double most = 0;
  const Opponent* beaten = nullptr;
  for (const Opponent& one : opponents_) {
    const double evidence = one.stake * one.test.evidence();
    if (evidence <= most) continue;
    most = evidence;
    beaten = &one;
  }
  if (beaten == nullptr || most < 1 / kError) return std::nullopt;
  const Breakthrough found{beaten->update, beaten->points / beaten->games};
  opponents_.clear();
  met_ = 0;
  base_ = evaluation.update;
  return found;
}

}  // namespace keisei::studio

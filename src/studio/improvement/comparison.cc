#include "studio/improvement/comparison.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "studio/improvement/verdict.h"

namespace keisei::studio {
namespace {

using protocol::AnchorScore;
using protocol::AnchorView;
using protocol::Change;
using protocol::EloReading;
using protocol::EvaluationFinished;
using protocol::Number;
using protocol::SkillComparison;
using protocol::SkillOutcome;
using protocol::Standing;

constexpr std::string_view kRandomMover = "random_mover";
constexpr std::size_t kMostSelves = 4;
constexpr std::size_t kMostAnchors = 8;
/// Of nobody more is said than this.
constexpr double kMostElo = 100'000;

std::optional<ShareEstimate> solved(const EvaluationFinished& evaluation, std::string_view name) {
  for (const SkillOutcome& skill : evaluation.skills) {
    if (skill.name != name || skill.trials <= 0 || skill.successes > skill.trials) continue;
    return share_of(skill.successes, skill.trials);
  }
  return std::nullopt;
}

template <class Interval>
Standing standing_of(const Interval& own, const Interval& other) {
  if (own.low > other.high) return Standing::above;
  return own.high < other.low ? Standing::below : Standing::level;
}

Standing standing_of(const std::optional<EloReading>& own, const AnchorView& anchor) {
  if (own && own->low && anchor.elo && anchor.elo->low) {
    if (*own->low > *anchor.elo->high) return Standing::above;
    return *own->high < *anchor.elo->low ? Standing::below : Standing::level;
  }
  if (!anchor.low || !anchor.high) return Standing::unknown;
  if (*anchor.low > 0.5) return Standing::above;
  return *anchor.high < 0.5 ? Standing::below : Standing::level;
}

Number within_bounds(Number share) {
  return share ? Number(std::clamp(*share, 0.0, 1.0)) : std::nullopt;
}

// With the games of all evaluations of the last hour.
AnchorView view_of(const AnchorScore& told, const EvaluationLog& log) {
  AnchorView view{};
  view.name = told.name;
  view.elo = elo_reading(told.elo, told.elo_error);
  Games games;
  for (auto measured = log.all().rbegin(); measured != log.all().rend(); ++measured) {
    if (log.newest().emitted_at - measured->emitted_at > VerdictRule::kWindow) break;
    const auto one =
        std::find_if(measured->anchor_scores.begin(), measured->anchor_scores.end(),
                     [&](const AnchorScore& other) { return other.name == told.name; });
    if (one == measured->anchor_scores.end()) continue;
    games.add(one->wins, one->draws, one->losses);
  }
  if (games.count() <= 0) return view;
  const ShareEstimate share = games.share();
  view.games = static_cast<std::int64_t>(games.count());
  view.score = share.share;
  view.low = share.low;
  view.high = share.high;
  return view;
}

std::optional<AnchorView> random_mover(const EvaluationFinished& newest) {
  if (!newest.random_score || newest.random_games <= 0) return std::nullopt;
  AnchorView view{};
  view.name = kRandomMover;
  view.games = newest.random_games;
  view.score = newest.random_score;
  view.low = within_bounds(newest.random_low);
  view.high = within_bounds(newest.random_high);
  return view;
}

// Who is random comes first where nobody says how strong they are.
double place_of(const AnchorView& anchor) {
  if (anchor.elo) return anchor.elo->value;
  return anchor.name == kRandomMover ? -kMostElo : kMostElo;
}

}  // namespace

std::optional<EloReading> elo_reading(Number elo, Number error) {
  if (!elo || std::abs(*elo) > kMostElo) return std::nullopt;
  EloReading reading{*elo, {}, {}};
  if (error && *error <= kMostElo) {
    reading.low = *elo - *error;
    reading.high = *elo + *error;
  }
  return reading;
}

std::optional<EloReading> elo_of(const EvaluationFinished& evaluation) {
  return elo_reading(evaluation.elo, evaluation.elo_error);
}

std::vector<SkillComparison> compare_skills(const EvaluationLog& log) {
  std::vector<SkillComparison> all;
  const EvaluationFinished* before = log.before();
  for (const SkillOutcome& skill : log.newest().skills) {
    if (skill.trials <= 0 || skill.successes > skill.trials) continue;
    const ShareEstimate now = share_of(skill.successes, skill.trials);
    SkillComparison one{};
    one.skill = skill.name;
    one.questions = skill.trials;
    one.now = now.share;
    one.now_low = now.low;
    one.now_high = now.high;
    if (const auto then = before != nullptr ? solved(*before, skill.name) : std::nullopt) {
      one.before = then->share;
      one.before_low = then->low;
      one.before_high = then->high;
      const Standing standing = standing_of(now, *then);
      one.change = standing == Standing::above   ? Change::risen
                   : standing == Standing::below ? Change::fallen
                                                 : Change::unclear;
    }
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<AnchorView> anchors_of(const EvaluationLog& log) {
  std::vector<AnchorView> anchors;
  const EvaluationFinished& newest = log.newest();
  const auto has = [&](std::string_view name) {
    return std::any_of(anchors.begin(), anchors.end(),
                       [&](const AnchorView& anchor) { return anchor.name == name; });
  };
  for (const AnchorScore& told : newest.anchor_scores) {
    if (!has(told.name)) anchors.push_back(view_of(told, log));
  }
  if (const auto random = has(kRandomMover) ? std::nullopt : random_mover(newest)) {
    if (anchors.size() < kMostAnchors) anchors.push_back(*random);
  }
  const auto own = elo_of(newest);
  for (AnchorView& anchor : anchors) anchor.standing = standing_of(own, anchor);
  std::stable_sort(anchors.begin(), anchors.end(),
                   [](const AnchorView& one, const AnchorView& other) {
                     return place_of(one) < place_of(other);
                   });
  return anchors;
}

std::vector<protocol::PastSelf> selves_of(const EvaluationLog& log) {
  std::vector<protocol::PastSelf> selves;
  const EvaluationFinished& newest = log.newest();
  for (const protocol::PastScore& score : newest.past_scores) {
    const auto age = log.age_of(score.update, newest);
    const bool is_earlier = age && *age >= EvaluationLog::kLeastAge && *age < 1e9;
    if (!is_earlier || score.update >= newest.update) continue;
    selves.push_back({score.update, *age, {}, {}, 0});
  }
  std::sort(selves.begin(), selves.end(),
            [](const auto& one, const auto& other) { return one.update < other.update; });
  const auto same =
      std::unique(selves.begin(), selves.end(),
                  [](const auto& one, const auto& other) { return one.update == other.update; });
  selves.erase(same, selves.end());
  if (selves.size() > kMostSelves) selves.resize(kMostSelves);
  return selves;
}

}  // namespace keisei::studio

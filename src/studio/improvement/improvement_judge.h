#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/improvement_messages.h"
#include "studio/content/content.h"

namespace keisei::studio::testing {

/// Looks for sentences of an `improvement` that its own numbers do not bear out. It knows the rules
/// of docs/improvement.md by itself, and shares none of the code that follows them.
class ImprovementJudge {
 public:
  using View = protocol::Improvement;

  std::vector<std::string> contradictions(const View& view) {
    found_.clear();
    if (view.earlier) {
      games(*view.earlier);
      verdict(view, *view.earlier);
    } else {
      check(view.verdict == protocol::Verdict::unknown, "a verdict of no games");
      check(view.headline.find('%') == std::string::npos, "a share of no games");
    }
    check((view.verdict == protocol::Verdict::no_longer) == !view.plateau.empty(),
          "a plateau without its story, or the other way round");
    for (const protocol::AnchorView& anchor : view.anchors) of(anchor, view);
    for (const protocol::SkillComparison& skill : view.skills) of(skill, view);
    return found_;
  }

 private:
  void check(bool holds, const std::string& what) {
    if (!holds) found_.push_back(what);
  }
  void says(const std::string& text, const std::string& figure, const std::string& of) {
    check(text.find(figure) != std::string::npos, of + " lacks " + figure + ": " + text);
  }

  // As its many games were won or lost.
  static double limit(double score, double games, double quantile, int side) {
    const double square = quantile * quantile;
    return (score + square / (2 * games) +
            side * quantile *
                std::sqrt(score * (1 - score) / games + square / (4 * games * games))) /
           (1 + square / games);
  }

  void games(const protocol::EarlierSelf& earlier) {
    const double games = static_cast<double>(earlier.wins + earlier.draws + earlier.losses);
    const double score =
        (static_cast<double>(earlier.wins) + 0.5 * static_cast<double>(earlier.draws)) / games;
    check(games >= 40, "few games");
    check(std::abs(earlier.score - score) < 1e-4, "the score is not that of the games");
    check(std::abs(earlier.low - limit(score, games, 1.96, -1)) < 1e-3, "lower end");
    check(std::abs(earlier.high - limit(score, games, 1.96, 1)) < 1e-3, "upper end");
    check(earlier.low <= earlier.score && earlier.score <= earlier.high, "outside its interval");
    check(!earlier.is_hour || (earlier.age >= 2699 && earlier.age <= 5401), "that is no hour");
  }

  void verdict(const View& view, const protocol::EarlierSelf& earlier) {
    using protocol::Verdict;
    const double games = static_cast<double>(earlier.wins + earlier.draws + earlier.losses);
    const double sure_low = limit(earlier.score, games, 2.807, -1);
    const double sure_high = limit(earlier.score, games, 2.807, 1);
    // Where the last digit of the message's numbers decides, nobody can say from them.
    const auto above = [](double value, double bound) { return value > bound - 1e-3; };
    const bool is_steady =
        earlier.is_hour && above(earlier.low, 0.4145) && above(-earlier.high, -0.5855);
    bool holds = false;
    switch (view.verdict) {
      case Verdict::unknown:
        break;
      case Verdict::better:
        holds = above(sure_low, 0.5);
        break;
      case Verdict::weaker:
        holds = above(-sure_high, -0.5);
        break;
      case Verdict::steady:
      case Verdict::no_longer:
        holds = is_steady;
        break;
      case Verdict::maybe_better:
        holds = above(earlier.low, 0.5) && above(-sure_low, -0.5);
        break;
      case Verdict::maybe_weaker:
        holds = above(-earlier.high, -0.5) && above(sure_high, 0.5);
        break;
      case Verdict::unclear:
        holds = above(-earlier.low, -0.5) && above(earlier.high, 0.5);
        break;
    }
    check(holds, "the games do not say that it is " + std::string(to_string(view.verdict)));
    says(view.headline, percent(earlier.score), "headline");
    if (games < 1000) says(view.headline, std::to_string(static_cast<int>(games)), "headline");
  }

  static bool is_apart(double low, double high, double other_low, double other_high) {
    return low > other_high || high < other_low;
  }

  void of(const protocol::AnchorView& anchor, const View& view) {
    using protocol::Standing;
    if (anchor.score) says(anchor.text, percent(*anchor.score), "anchor");
    check(anchor.score.has_value() == (anchor.games > 0), "a score of no games");
    const bool has_elo = view.elo && view.elo->low && anchor.elo && anchor.elo->low;
    if (has_elo) {
      check((anchor.standing != Standing::level) ==
                is_apart(*view.elo->low, *view.elo->high, *anchor.elo->low, *anchor.elo->high),
            "the Elo intervals of " + anchor.name);
    } else if (anchor.low && anchor.high) {
      check((anchor.standing == Standing::above) == (*anchor.low > 0.5), "score of " + anchor.name);
    } else {
      check(anchor.standing == Standing::unknown, "nothing is known of " + anchor.name);
    }
    const bool is_named = view.standing.find(anchor.title) != std::string::npos;
    check(is_named || anchor.standing == Standing::unknown, "nobody says where it stands");
  }

  void of(const protocol::SkillComparison& skill, const View& view) {
    using protocol::Change;
    says(skill.text, percent(skill.now), "skill");
    check(skill.before.has_value() == (skill.change != Change::unknown), "a change of nothing");
    if (!skill.before) return;
    says(skill.text, percent(*skill.before), "skill");
    check(view.before_age.has_value() && !view.before.empty(), "before what?");
    const bool apart =
        is_apart(skill.now_low, skill.now_high, *skill.before_low, *skill.before_high);
    check(apart == (skill.change != Change::unclear), "the intervals of " + skill.skill);
    if (apart) check((skill.change == Change::risen) == (skill.now > *skill.before), "which way?");
  }

  std::vector<std::string> found_;
};

}  // namespace keisei::studio::testing

#include "studio/improvement/improvement_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/describe/enum.hpp>
#include <cmath>
#include <optional>
#include <utility>

#include "studio/improvement/comparison.h"
#include "studio/improvement/play_styles.h"
#include "studio/milestones/strength_rules.h"

namespace keisei::studio {
namespace {

using protocol::Change;
using protocol::Language;
using protocol::Level;
using protocol::Number;
using protocol::Standing;
using protocol::Verdict;

// `other`: one of another trainer.
BOOST_DEFINE_ENUM_CLASS(KnownAnchor, random_mover, capture_greedy, material_one_ply, other)

constexpr KeyFamily<Verdict> kState("improvement.state.*");
constexpr KeyFamily<Verdict, Level> kHeadline("improvement.headline.*.*");
constexpr KeyFamily<Level> kEvidence("improvement.evidence.*");
constexpr KeyFamily<Level> kPlateau("improvement.plateau.*");
constexpr KeyFamily kRule("improvement.rule");
constexpr KeyFamily kMinutes("improvement.age.minutes");
constexpr KeyFamily kAnHour("improvement.age.hour");
constexpr KeyFamily kHours("improvement.age.hours");
constexpr KeyFamily kSince("improvement.before.since");
constexpr KeyFamily kSinceStart("improvement.before.since_start");
constexpr KeyFamily<KnownAnchor> kAnchorTitle("improvement.anchor.*.title");
constexpr KeyFamily<KnownAnchor> kAnchorMeaning("improvement.anchor.*.meaning");
constexpr KeyFamily<Standing, Level> kStanding("improvement.standing.*.*");
constexpr KeyFamily kBetween("improvement.standing_list");
constexpr KeyFamily<Level> kAgainst("improvement.against.*");
constexpr KeyFamily<Level> kNotMet("improvement.not_met.*");
constexpr KeyFamily<Change, Level> kSkillChange("improvement.skill.*.*");
constexpr KeyFamily kSelf("improvement.self.after");
constexpr KeyFamily kUntrained("improvement.self.untrained");
constexpr KeyFamily<KnownSkill> kSkill("milestones.skill.*");
constexpr KeyFamily kBoth("metrics.two_sentences");

std::string whole(double value) { return fmt::format("{:.0f}", value); }

std::string hours(double value) {
  return value < 1000 ? fmt::format("{:.1f}", value) : figure(value);
}

// "12,345".
std::string grouped(double number) {
  std::string digits = whole(number);
  for (std::size_t from_end = 3; from_end < digits.size(); from_end += 4) {
    digits.insert(digits.size() - from_end, 1, ',');
  }
  return digits;
}

// How many Elo more a score means; nobody knows how many of one that is all or nothing.
std::string elo_for(double score) {
  if (score <= 0) return "−∞";
  if (score >= 1) return "+∞";
  return fmt::format("{:+.0f}", 400 * std::log10(score / (1 - score)));
}

std::string share_text(Number share) { return share ? percent(*share) : "–"; }

KnownAnchor known(const std::string& name) {
  return enumerator_of<KnownAnchor>(name).value_or(KnownAnchor::other);
}

}  // namespace

std::string ImprovementWords::age(double seconds, Language language) const {
  const double minutes = std::max(0.0, seconds / 60);
  if (is_about_an_hour(seconds)) return content_.text(language, kAnHour());
  if (minutes < 90) return content_.text(language, kMinutes(), {{"n", whole(minutes)}});
  return content_.text(language, kHours(), {{"n", hours(minutes / 60)}});
}

std::string ImprovementWords::list(const std::vector<std::string>& items, Language language) const {
  std::string all;
  for (const std::string& item : items) {
    all += (all.empty() ? "" : content_.text(language, kBetween())) + item;
  }
  return all;
}

std::string ImprovementWords::skill_name(const std::string& skill, Language language) const {
  const auto name = enumerator_of<KnownSkill>(skill);
  return name ? content_.text(language, kSkill(*name)) : skill;
}

void ImprovementWords::judge(protocol::Improvement& view, const VerdictRule& rule, Level level,
                             Language language) const {
  const auto filled = [&](const Key& key, Content::Values values = {}) {
    return content_.text(language, key, values);
  };
  const std::string margin = whole(VerdictRule::kSteadyElo);
  view.verdict = rule.verdict();
  view.state = filled(kState(view.verdict));
  if (level == Level::advanced) view.rule = filled(kRule(), {{"margin", margin}});
  if (!rule.earlier()) {
    view.headline = filled(kHeadline(view.verdict, level), {{"least", whole(rule.kLeastGames)}});
    return;
  }
  const EarlierGames& earlier = *rule.earlier();
  const Games& games = earlier.games;
  const ShareEstimate share = games.share();
  view.earlier = {earlier.age,
                  earlier.is_hour,
                  static_cast<std::int64_t>(games.wins),
                  static_cast<std::int64_t>(games.draws),
                  static_cast<std::int64_t>(games.losses),
                  share.share,
                  share.low,
                  share.high};
  view.headline = filled(kHeadline(view.verdict, level), {{"age", age(earlier.age, language)},
                                                          {"minutes", whole(earlier.age / 60)},
                                                          {"score", percent(share.share)},
                                                          {"games", grouped(games.count())},
                                                          {"margin", margin}});
  view.evidence = filled(kEvidence(level), {{"low", percent(share.low)},
                                            {"high", percent(share.high)},
                                            {"elo_low", elo_for(share.low)},
                                            {"elo_high", elo_for(share.high)},
                                            {"wins", grouped(games.wins)},
                                            {"draws", grouped(games.draws)},
                                            {"losses", grouped(games.losses)}});
  if (view.verdict != Verdict::no_longer || !view.measured_at) return;
  const VerdictRule::Progress& last = *rule.last_better();
  view.plateau = filled(kPlateau(level), {{"age", age(*view.measured_at - last.at, language)},
                                          {"update", std::to_string(last.update)}});
}

void ImprovementWords::tell_anchors(protocol::Improvement& view, const EvaluationLog& log,
                                    Level level, Language language) const {
  view.anchors = anchors_of(log);
  std::array<std::vector<std::string>, kEnumerators<Standing>> beside;
  for (protocol::AnchorView& anchor : view.anchors) {
    const KnownAnchor which = known(anchor.name);
    anchor.title = content_.text(language, kAnchorTitle(which), {{"name", anchor.name}});
    anchor.meaning = content_.text(language, kAnchorMeaning(which));
    anchor.text = anchor.score
                      ? content_.text(language, kAgainst(level),
                                      {{"score", percent(*anchor.score)},
                                       {"games", grouped(static_cast<double>(anchor.games))},
                                       {"low", share_text(anchor.low)},
                                       {"high", share_text(anchor.high)}})
                      : content_.text(language, kNotMet(level));
    beside[static_cast<std::size_t>(anchor.standing)].push_back(anchor.title);
  }
  for (const Standing standing : {Standing::above, Standing::level, Standing::below}) {
    const auto& those = beside[static_cast<std::size_t>(standing)];
    if (those.empty()) continue;
    const std::string sentence =
        content_.text(language, kStanding(standing, level), {{"list", list(those, language)}});
    view.standing =
        view.standing.empty()
            ? sentence
            : content_.text(language, kBoth(), {{"first", view.standing}, {"second", sentence}});
  }
  if (view.standing.empty()) {
    view.standing = content_.text(language, kStanding(Standing::unknown, level));
  }
}

void ImprovementWords::tell_skills(protocol::Improvement& view, const EvaluationLog& log,
                                   Level level, Language language) const {
  if (const auto* before = log.before()) {
    view.elo_before = elo_of(*before);
    view.before_age = log.newest().emitted_at - before->emitted_at;
    view.before = content_.text(language, before->update > 0 ? kSince() : kSinceStart(),
                                {{"age", age(*view.before_age, language)}});
  }
  view.skills = compare_skills(log);
  for (protocol::SkillComparison& skill : view.skills) {
    skill.title = skill_name(skill.skill, language);
    skill.text = content_.text(language, kSkillChange(skill.change, level),
                               {{"name", skill.title},
                                {"now", percent(skill.now)},
                                {"now_low", percent(skill.now_low)},
                                {"now_high", percent(skill.now_high)},
                                {"before", share_text(skill.before)},
                                {"before_low", share_text(skill.before_low)},
                                {"before_high", share_text(skill.before_high)},
                                {"questions", std::to_string(skill.questions)}});
  }
}

void ImprovementWords::tell_selves(protocol::Improvement& view, const EvaluationLog& log,
                                   const PlayStyles& styles, Level level, Language language) const {
  view.selves = selves_of(log);
  for (protocol::PastSelf& self : view.selves) {
    self.title =
        content_.text(language, self.update > 0 ? kSelf() : kUntrained(),
                      {{"update", std::to_string(self.update)}, {"age", age(self.age, language)}});
    const PlayStyles::Found found = styles.around(self.update);
    self.games = found.games;
    self.style = styles.words(found, content_, level, language);
  }
}

protocol::Improvement ImprovementWords::write(const EvaluationLog& log, const VerdictRule& rule,
                                              const PlayStyles& styles, Level level,
                                              Language language) const {
  protocol::Improvement view{};
  if (log.empty()) {
    judge(view, VerdictRule(), level, language);
    view.standing = content_.text(language, kStanding(Standing::unknown, level));
    return view;
  }
  view.update = log.newest().update;
  view.measured_at = log.newest().emitted_at;
  view.elo = elo_of(log.newest());
  judge(view, rule, level, language);
  tell_anchors(view, log, level, language);
  tell_skills(view, log, level, language);
  tell_selves(view, log, styles, level, language);
  return view;
}

Keys ImprovementWords::keys() {
  return kState.keys() + kHeadline.keys() + kEvidence.keys() + kPlateau.keys() + kRule.keys() +
         kMinutes.keys() + kAnHour.keys() + kHours.keys() + kSince.keys() + kSinceStart.keys() +
         kAnchorTitle.keys() + kAnchorMeaning.keys() + kStanding.keys() + kBetween.keys() +
         kAgainst.keys() + kNotMet.keys() + kSkillChange.keys() + kSelf.keys() + kUntrained.keys() +
         kSkill.keys() + kBoth.keys() + PlayStyles::keys();
}

}  // namespace keisei::studio

#include "studio/health/headline.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/describe/enum.hpp>

namespace keisei::studio {
namespace {

using protocol::Health;
using protocol::Language;
using protocol::Level;
using protocol::Verdict;

// `unusual`: at least one reading is out of its usual range.
BOOST_DEFINE_ENUM_CLASS(Signs, first_games, too_early, usual, unusual)

constexpr KeyFamily<Reading, Level> kName("metrics.*.name.*");
constexpr KeyFamily<Reading, Band> kState("metrics.*.state.*");
constexpr KeyFamily<Health> kHealth("metrics.health.*");
constexpr KeyFamily kFirstGames("metrics.health.first_games");
constexpr KeyFamily kTooEarly("metrics.health.too_early");
constexpr KeyFamily<Signs, Level> kSigns("metrics.signs.*.*");
constexpr KeyFamily kItem("metrics.sign");
constexpr KeyFamily kBetween("metrics.between_signs");
constexpr KeyFamily<Level> kWeaker("metrics.weaker.*");
constexpr KeyFamily kSilent("metrics.silent");
constexpr KeyFamily kMore("metrics.more_signs");
constexpr KeyFamily kBoth("metrics.two_sentences");
constexpr KeyFamily<Reading> kNext("metrics.*.next");
constexpr KeyFamily kNextOf("metrics.next_of");
constexpr KeyFamily<Level> kSelfTest("metrics.self_test.sign.*");
constexpr KeyFamily kNextOfSelfTest("metrics.self_test.next");
constexpr KeyFamily kNextOfWeaker("metrics.next_when_weaker");

// A headline has room for so many; the worst come first.
constexpr std::size_t kMostSigns = 2;

std::optional<Health> worst_of(const UpdateHistory& history) {
  std::optional<Health> worst;
  for (const Reading which : enumerators<Reading>()) {
    // nullopt is less than any. What is no longer reported may be anything.
    worst = std::max(worst, is_silent(history, which) ? std::optional(Health::learning)
                                                      : health_of(history, which));
  }
  return worst;
}

}  // namespace

std::optional<Health> health_of(const UpdateHistory& history, Reading which) {
  return history.thresholds().scale(which).health_of(history.band(which));
}

bool is_silent(const UpdateHistory& history, Reading which) {
  const auto value = row_of(which).value;
  return history.recent_values(value).empty() &&
         std::any_of(history.updates().begin(), history.updates().end(),
                     [&](const auto& update) { return value(update).has_value(); });
}

std::optional<bool> fails_self_test(const UpdateHistory& history) {
  const protocol::Number kl = metric(history.latest(), protocol::Metric::first_kl);
  return kl ? std::optional(*kl > history.thresholds().cut(Cut::self_test_kl)) : std::nullopt;
}

std::string Headline::name(Reading which, Level level, Language language) const {
  return content_.text(language, kName(which, level));
}

std::string Headline::state(Reading which, Band band, Language language) const {
  return content_.text(language, kState(which, band));
}

std::string Headline::signs(const UpdateHistory& history, std::optional<Health> worst, Level level,
                            Language language) const {
  if (history.empty()) return content_.text(language, kSigns(Signs::first_games, level));
  if (!worst) return content_.text(language, kSigns(Signs::too_early, level));
  std::string list;
  std::size_t said = 0, left = 0;
  const auto say = [&](Reading which, const std::string& state) {
    if (said == kMostSigns) return void(++left);
    if (said++ > 0) list += content_.text(language, kBetween());
    list += content_.text(language, kItem(),
                          {{"name", name(which, level, language)}, {"state", state}});
  };
  for (const Health health : {Health::exploring, Health::learning}) {
    for (const Reading which : enumerators<Reading>()) {
      if (health_of(history, which) == health) {
        say(which, state(which, history.band(which), language));
      }
    }
  }
  for (const Reading which : enumerators<Reading>()) {
    if (is_silent(history, which)) say(which, content_.text(language, kSilent()));
  }
  if (left > 0) list += content_.text(language, kMore(), {{"n", std::to_string(left)}});
  return content_.text(language, kSigns(list.empty() ? Signs::usual : Signs::unusual, level),
                       {{"n", std::to_string(history.recent())}, {"list", list}});
}

// Empty if it has not become weaker.
std::string Headline::of_strength(const VerdictRule& strength, Level level,
                                  Language language) const {
  if (strength.verdict() != Verdict::weaker) return "";
  const Games& games = strength.earlier()->games;
  return content_.text(
      language, kWeaker(level),
      {{"score", percent(games.share().share)}, {"games", fmt::format("{:.0f}", games.count())}});
}

// Empty if it has not failed.
std::string Headline::of_self_test(const UpdateHistory& history, Level level,
                                   Language language) const {
  if (!fails_self_test(history).value_or(false)) return "";
  const double kl = *metric(history.latest(), protocol::Metric::first_kl);
  return content_.text(language, kSelfTest(level), {{"kl", figure(kl)}});
}

std::string Headline::both(const std::string& first, const std::string& second,
                           Language language) const {
  if (second.empty()) return first;
  return content_.text(language, kBoth(), {{"first", first}, {"second", second}});
}

// One thing at a time: of the worst readings the first.
std::string Headline::next(const UpdateHistory& history, const VerdictRule& strength,
                           std::optional<Health> worst, Level level, Language language) const {
  if (fails_self_test(history).value_or(false)) return content_.text(language, kNextOfSelfTest());
  if (worst && *worst != Health::healthy) {
    for (const Reading which : enumerators<Reading>()) {
      if (health_of(history, which) != worst) continue;
      return content_.text(language, kNextOf(),
                           {{"name", name(which, level, language)},
                            {"next", content_.text(language, kNext(which))}});
    }
  }
  if (strength.verdict() == Verdict::weaker) return content_.text(language, kNextOfWeaker());
  return "";
}

protocol::EducationalContext Headline::write(const UpdateHistory& history,
                                             const VerdictRule& strength, Level level,
                                             Language language) const {
  const std::optional<Health> worst = worst_of(history);
  std::optional<Health> whole = worst;
  if (strength.verdict() == Verdict::weaker || fails_self_test(history).value_or(false)) {
    whole = std::max(whole, std::optional(Health::learning));
  }
  protocol::EducationalContext context{};
  context.level = whole;
  context.color_code = history.thresholds().color(whole);
  if (whole) {
    context.state = content_.text(language, kHealth(*whole));
  } else {
    context.state = content_.text(language, history.empty() ? kFirstGames() : kTooEarly());
  }
  context.explanation = signs(history, worst, level, language);
  if (!history.empty()) {
    context.explanation =
        both(context.explanation, of_strength(strength, level, language), language);
    context.explanation =
        both(context.explanation, of_self_test(history, level, language), language);
    context.next = next(history, strength, worst, level, language);
  }
  return context;
}

Keys Headline::keys() {
  return kName.keys() + kState.keys() + kHealth.keys() + kFirstGames.keys() + kTooEarly.keys() +
         kSigns.keys() + kItem.keys() + kBetween.keys() + kWeaker.keys() + kSilent.keys() +
         kMore.keys() + kBoth.keys() + kNext.keys() + kNextOf.keys() + kSelfTest.keys() +
         kNextOfSelfTest.keys() + kNextOfWeaker.keys();
}

}  // namespace keisei::studio

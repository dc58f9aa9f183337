#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <limits>
#include <optional>
#include <regex>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "protocol/telemetry.h"
#include "studio/health/bands.h"
#include "studio/history/share_estimate.h"
#include "studio/improvement/progress_watch.h"
#include "studio/studio_test_kit.h"

// Finds what a `ppo_metrics` frame says that does not follow from what the trainer told. It knows
// where the bands end by itself, and takes from the studio only the words of each band.
namespace keisei::studio::testing {

class HealthJudge {
 public:
  explicit HealthJudge(double clip_epsilon) : reaching_(clip_epsilon * clip_epsilon / 2) {}

  void hear(const protocol::TrainerMetrics& update) {
    const bool is_repeated = std::any_of(told_.begin(), told_.end(), [&](const auto& one) {
      return one.update == update.update && one.emitted_at == update.emitted_at;
    });
    if (is_repeated) return;
    if (!told_.empty() && told_.back().update >= update.update) go_back(update.update);
    told_.push_back(update);
  }
  void hear(const protocol::EvaluationFinished& evaluation) { strength_.hear(evaluation); }

  /// One line for each.
  std::vector<std::string> contradictions(const protocol::PpoMetrics& frame, protocol::Level level,
                                          protocol::Language language) const {
    Findings found;
    if (told_.empty()) return found;
    const Words words{level, language};
    std::optional<protocol::Health> worst;
    for (const protocol::MetricReading& reading : frame.readings) {
      judge(reading, words, found);
      worst =
          std::max(worst, is_silent(reading.metric) ? protocol::Health::learning : reading.health);
    }
    if (is_weaker() || fails_self_test()) {
      worst = std::max(worst, std::optional(protocol::Health::learning));
    }
    if (frame.educational.level != worst) found.push_back("the headline has another level");
    judge_remarks(frame.educational.remarks, found);
    judge_headline(frame, words, found);
    return found;
  }

 private:
  // The run was resumed from before this update.
  void go_back(std::int64_t update) {
    while (!told_.empty() && told_.back().update >= update) told_.pop_back();
    strength_.go_back(update);
  }

  using Number = protocol::Number;
  using Findings = std::vector<std::string>;
  struct Words {
    protocol::Level level;
    protocol::Language language;
    const std::string& of(const std::string& key) const {
      return real_content().texts(language).at("metrics." + key);
    }
  };
  struct Range {
    const char* band;
    protocol::Health health;
    double below;
    double margin;
  };
  static constexpr double kNoEnd = std::numeric_limits<double>::infinity();

  static std::vector<Range> ranges_of(protocol::HealthMetric metric) {
    using protocol::Health;
    switch (metric) {
      case protocol::HealthMetric::kl_divergence:
        return {{"calm", Health::healthy, 0.15, 0.015},
                {"working", Health::healthy, 1, 0.1},
                {"watch", Health::learning, 2.5, 0.25},
                {"alarm", Health::exploring, kNoEnd, 0}};
      case protocol::HealthMetric::clip_fraction:
        return {{"calm", Health::healthy, 0.02, 0.002},
                {"working", Health::healthy, 0.2, 0.02},
                {"watch", Health::learning, 0.35, 0.035},
                {"alarm", Health::exploring, kNoEnd, 0}};
      case protocol::HealthMetric::exploration:
        return {{"alarm", Health::exploring, 0.05, 0.005},
                {"watch", Health::learning, 0.15, 0.015},
                {"working", Health::healthy, 0.8, 0.02},
                {"calm", Health::healthy, kNoEnd, 0}};
      case protocol::HealthMetric::explained_variance:
        return {{"alarm", Health::learning, -0.05, 0.02},
                {"watch", Health::healthy, 0.05, 0.02},
                {"working", Health::healthy, 0.5, 0.05},
                {"calm", Health::healthy, kNoEnd, 0}};
    }
    return {};
  }

  static Number told(const protocol::TrainerMetrics& update, const char* key) {
    const auto found = update.metrics.find(key);
    return found == update.metrics.end() ? std::nullopt : found->second;
  }
  static Number value_in(const protocol::TrainerMetrics& update, protocol::HealthMetric metric) {
    switch (metric) {
      case protocol::HealthMetric::kl_divergence:
        return told(update, "ppo/kl_divergence_approx");
      case protocol::HealthMetric::clip_fraction:
        return told(update, "ppo/clip_fraction");
      case protocol::HealthMetric::explained_variance:
        return told(update, "ppo/explained_variance");
      case protocol::HealthMetric::exploration:
        break;
    }
    const Number entropy = told(update, "ppo/entropy");
    const Number most = told(update, "ppo/entropy_max");
    if (!entropy || !most || *most <= 0 || !std::isfinite(*entropy / *most)) return std::nullopt;
    return *entropy / *most;
  }
  std::vector<protocol::TrainerMetrics> recent() const {
    return {told_.end() - std::min<std::ptrdiff_t>(5, std::ssize(told_)), told_.end()};
  }
  std::vector<double> values_of(protocol::HealthMetric metric) const {
    std::vector<double> values;
    for (const auto& update : recent()) {
      if (const Number value = value_in(update, metric)) values.push_back(*value);
    }
    return values;
  }
  static double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t half = values.size() / 2;
    return values.size() % 2 == 1 ? values[half] : values[half - 1] / 2 + values[half] / 2;
  }
  double position(protocol::HealthMetric metric, double value) const {
    return metric == protocol::HealthMetric::kl_divergence ? value / reaching_ : value;
  }

  void judge(const protocol::MetricReading& reading, const Words& words, Findings& found) const {
    const auto metric = reading.metric;
    const std::string name(to_string(metric));
    const std::vector<Range> ranges = ranges_of(metric);
    const Number newest = value_in(told_.back(), metric);
    if (words.level != protocol::Level::beginner) {
      if (newest.has_value() != reading.value.has_value()) found.push_back(name + ": its value");
      std::optional<protocol::Health> expected;
      for (auto range = ranges.rbegin(); newest && range != ranges.rend(); ++range) {
        if (position(metric, *newest) < range->below) expected = range->health;
      }
      if (reading.newest != expected) found.push_back(name + ": the colour of its newest value");
    }
    const std::vector<double> values = values_of(metric);
    const bool is_known = newest && values.size() >= 3;
    if (is_known != reading.health.has_value()) found.push_back(name + ": known or not");
    if (!is_known) {
      if (reading.state != words.of(name + ".state.unknown")) found.push_back(name + ": a state");
    } else if (!holds(reading, ranges, position(metric, median(values)), words)) {
      found.push_back(name + ": \"" + reading.state + "\" at " + std::to_string(median(values)));
    }
    if (words.level == protocol::Level::beginner && !is_plain_meaning(reading, words)) {
      found.push_back(name + ": \"" + reading.state + "\" means \"" + reading.meaning + "\"");
    }
    judge_numbers(reading, words, found);
  }

  static bool is_plain_meaning(const protocol::MetricReading& reading, const Words& words) {
    const std::string name(to_string(reading.metric));
    for (const char* band : {"calm", "working", "watch", "alarm", "unknown"}) {
      if (reading.state == words.of(name + ".state." + band) &&
          reading.meaning == words.of(name + ".plain." + band)) {
        return true;
      }
    }
    return false;
  }

  /// Whether the state's band has the median in it or within its margins.
  static bool holds(const protocol::MetricReading& reading, const std::vector<Range>& ranges,
                    double at, const Words& words) {
    double begin = -kNoEnd;
    for (const Range& range : ranges) {
      const std::string key = std::string(to_string(reading.metric)) + ".state." + range.band;
      if (at >= begin && at < range.below + range.margin && reading.health == range.health &&
          reading.state == words.of(key)) {
        return true;
      }
      begin = range.below - range.margin;
    }
    return false;
  }

  static std::set<std::string> numbers_in(std::string text) {
    for (const char* formula : {"ε²/2", "(k3)", "（k3、nat）", "ln("}) {
      for (auto at = text.find(formula); at != std::string::npos; at = text.find(formula)) {
        text.erase(at, std::string(formula).size());
      }
    }
    static const std::regex number(R"([-+]?\d+(\.\d+)?(e[-+]?\d+)?%?)");
    return {std::sregex_token_iterator(text.begin(), text.end(), number),
            std::sregex_token_iterator()};
  }
  void only(const std::set<std::string>& allowed, const std::string& text, Findings& found) const {
    for (const std::string& number : numbers_in(text)) {
      if (!allowed.contains(number)) found.push_back(number + " is no number of: " + text);
    }
  }
  static std::string written(protocol::HealthMetric metric, double value) {
    if (metric == protocol::HealthMetric::kl_divergence) return figure(value);
    if (metric != protocol::HealthMetric::explained_variance) return percent(value);
    return std::abs(value) < 100 ? fmt::format("{:.2f}", value) : figure(value);
  }

  /// Every number in the sentences of a reading is one of the run's.
  void judge_numbers(const protocol::MetricReading& reading, const Words&, Findings& found) const {
    std::set<std::string> allowed;
    const auto allow = [&](const std::string& text) { allowed.merge(numbers_in(text)); };
    const std::vector<double> values = values_of(reading.metric);
    allow(std::to_string(values.size()));
    if (!values.empty()) allow(written(reading.metric, median(values)));
    const protocol::TrainerMetrics& now = told_.back();
    if (const Number newest = value_in(now, reading.metric))
      allow(written(reading.metric, *newest));
    int reported = 0, stopped = 0;
    for (const auto& update : recent()) {
      const Number share = told(update, "ppo/planned_share");
      reported += share ? 1 : 0;
      stopped += share && *share < 1 ? 1 : 0;
    }
    allow(std::to_string(reported) + " " + std::to_string(stopped));
    for (const char* key : {"ppo/entropy", "ppo/entropy_max", "ppo/first_kl", "ppo/target_kl"}) {
      if (const Number value = told(now, key)) allow(figure(*value));
    }
    if (const Number kl = told(now, "ppo/kl_divergence_approx")) {
      allow(percent(*kl / reaching_));
      allow(percent(expected_clip_fraction(*kl, std::sqrt(2 * reaching_))));
    }
    allow(figure(reaching_) + " " + figure(std::sqrt(2 * reaching_)) + " 0");
    only(allowed, reading.meaning, found);
    only(allowed, reading.guide_text, found);
  }

  void judge_remarks(const std::vector<std::string>& remarks, Findings& found) const {
    std::set<std::string> allowed = {std::to_string(recent().size())};
    for (const char* key : {"ppo/learning_rate", "ppo/value_loss"}) {
      std::vector<double> values;
      for (const auto& update : recent()) {
        if (const Number value = told(update, key)) values.push_back(*value);
      }
      if (values.empty()) continue;
      for (const double value : {values.front(), values.back(), median(values)}) {
        allowed.merge(numbers_in(figure(value)));
      }
      allowed.insert(std::to_string(values.size()));
    }
    allow_games(allowed);
    for (const std::string& remark : remarks) only(allowed, remark, found);
    judge_colours(remarks, found);
  }

  // Of the games that ended in the newest updates, as far as all of those tell of them.
  struct Games {
    int updates = 0;
    double all = 0, black = 0, white = 0, plies = 0;
  };
  Games recent_games() const {
    Games games;
    for (std::size_t i = told_.size(); i-- > 0 && games.updates < 5;) {
      const protocol::TrainerMetrics& now = told_[i];
      if (i == 0 ? now.update != 1 : told_[i - 1].update != now.update - 1) break;
      const auto ended = static_cast<double>(now.games - (i == 0 ? 0 : told_[i - 1].games));
      const double black = std::round(told(now, "games/black_win_share").value_or(-1) * ended);
      const double white = std::round(told(now, "games/white_win_share").value_or(-1) * ended);
      const double plies = told(now, "games/mean_length").value_or(-1) * ended;
      if (ended < 0 || std::min({black, white, plies}) < 0 || black + white > ended) break;
      games = {games.updates + 1, games.all + ended, games.black + black, games.white + white,
               games.plies + plies};
    }
    return games.updates < 3 ? Games{} : games;
  }
  void allow_games(std::set<std::string>& allowed) const {
    const Games games = recent_games();
    if (games.all == 0) return;
    const double decided = games.black + games.white;
    for (const double count : {games.all, decided, games.plies / games.all}) {
      allowed.merge(numbers_in(count < 1e6 ? fmt::format("{:.0f}", count) : figure(count)));
    }
    allowed.merge(numbers_in(percent((games.all - decided) / games.all)));
    allowed.insert(std::to_string(games.updates));
    allowed.insert(std::to_string(std::min<std::size_t>(100, told_.size())));
    if (decided == 0) return;
    const ShareEstimate black = share_of(games.black, decided);
    for (const double share : {black.share, black.low, black.high}) {
      allowed.merge(numbers_in(percent(share)));
    }
  }
  // In English.
  void judge_colours(const std::vector<std::string>& remarks, Findings& found) const {
    const Games games = recent_games();
    for (const std::string& remark : remarks) {
      const bool says_more = remark.find("more than White") != std::string::npos;
      const bool says_less = remark.find("less than White") != std::string::npos;
      if (says_more ? games.black <= games.white : says_less && games.black >= games.white) {
        found.push_back("who won more: " + remark);
      }
    }
  }

  // The rule itself has a judge of its own: improvement_judge.h.
  bool is_weaker() const { return strength_.rule().verdict() == protocol::Verdict::weaker; }
  // Reported within the last 100 updates, and by none of the newest few.
  bool is_silent(protocol::HealthMetric metric) const {
    const auto reports = [&](const protocol::TrainerMetrics& update) {
      return value_in(update, metric).has_value();
    };
    const auto newest = recent();
    const auto first =
        told_.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(100, told_.size()));
    return std::none_of(newest.begin(), newest.end(), reports) &&
           std::any_of(first, told_.end(), reports);
  }

  std::vector<std::string> signs_worst_first(const protocol::PpoMetrics& frame,
                                             const Words& words) const {
    std::vector<std::string> all;
    const char* mark = words.language == protocol::Language::ja ? "「" : ": ";
    for (const auto health : {protocol::Health::exploring, protocol::Health::learning}) {
      for (const auto& reading : frame.readings) {
        if (reading.health == health) all.push_back(reading.name + mark + reading.state);
      }
    }
    for (const auto& reading : frame.readings) {
      if (is_silent(reading.metric)) all.push_back(reading.name + mark + words.of("silent"));
    }
    return all;
  }

  bool fails_self_test() const {
    const Number kl = told(told_.back(), "ppo/first_kl");
    return kl && *kl > 0.0005;
  }

  void judge_headline(const protocol::PpoMetrics& frame, const Words& words,
                      Findings& found) const {
    const std::string& text = frame.educational.explanation;
    std::set<std::string> allowed = {std::to_string(recent().size())};
    const std::vector<std::string> off = signs_worst_first(frame, words);
    for (std::size_t i = 0; i < off.size(); ++i) {
      if ((i < 2) != (text.find(off[i]) != std::string::npos)) {
        found.push_back(off[i] + " is told or not: " + text);
      }
    }
    if (off.size() > 2) allowed.insert(std::to_string(off.size() - 2));
    for (const protocol::MetricReading& reading : frame.readings) {
      const char* mark = words.language == protocol::Language::ja ? "「" : ": ";
      const bool is_named = text.find(reading.name + mark) != std::string::npos;
      const bool is_off = std::any_of(off.begin(), off.end(), [&](const std::string& sign) {
        return sign.starts_with(reading.name);
      });
      if (is_named && !is_off) found.push_back(reading.name + " is not off: " + text);
    }
    if (is_weaker()) {
      const auto& games = strength_.rule().earlier()->games;
      allowed.merge(numbers_in(percent(games.share().share)));
      allowed.merge(numbers_in(fmt::format("{:.0f}", games.count())));
    }
    if (const Number kl = told(told_.back(), "ppo/first_kl")) {
      allowed.merge(numbers_in(figure(*kl)));
    }
    only(allowed, text, found);
    if (words.language != protocol::Language::en) return;
    const auto says = [&](const char* word) {
      return std::regex_search(text, std::regex(word, std::regex::icase));
    };
    if (says("stronger|better")) found.push_back("that is said elsewhere: " + text);
    if (says("weaker") != is_weaker()) found.push_back("weaker or not: " + text);
    const bool tells_of_failure = says("self-test") || says("test of the training itself");
    if (tells_of_failure != fails_self_test()) found.push_back("the self-test or not: " + text);
  }

  double reaching_;
  std::vector<protocol::TrainerMetrics> told_;
  ProgressWatch strength_;
};

}  // namespace keisei::studio::testing

#include "studio/health/metrics_view.h"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using protocol::Metric;
using protocol::Number;

constexpr KeyFamily<Reading, Band> kMeaning("metrics.*.meaning.*");
constexpr KeyFamily<Reading, Band> kPlain("metrics.*.plain.*");
constexpr KeyFamily kOverNewest("metrics.over_newest");
constexpr KeyFamily kNewest("metrics.newest");
constexpr KeyFamily<Reading> kDetail("metrics.*.detail");
constexpr KeyFamily kHeavyTail("metrics.clip_fraction.detail_heavy_tail");
constexpr KeyFamily kManyClipped("metrics.clip_fraction.detail_many");
constexpr KeyFamily kGuide("metrics.kl_divergence.guide");
constexpr KeyFamily kGuideAndTarget("metrics.kl_divergence.guide_and_target");
constexpr KeyFamily kExpectedClipping("metrics.clip_fraction.guide");
constexpr KeyFamily kEarlyStops("metrics.kl_divergence.early_stops");
constexpr KeyFamily kPassed("metrics.self_test.passed");
constexpr KeyFamily kFailed("metrics.self_test.failed");
constexpr KeyFamily kBoth("metrics.two_sentences");

// At a KL beyond the calm band: if few samples are clipped, few positions moved enormously; if many
// are, many moved a little.
Key clipping(double share, double expected, const ThresholdTable& thresholds) {
  if (share < thresholds.cut(Cut::few_clipped) * expected) return kHeavyTail();
  if (share > thresholds.cut(Cut::many_clipped) * expected) return kManyClipped();
  return kDetail(Reading::clip_fraction);
}

Number planned_share(const protocol::TrainerMetrics& update) {
  return metric(update, Metric::planned_share);
}

}  // namespace

std::string MetricsView::guide_text(const UpdateHistory& history, Reading which,
                                    Language language) const {
  const Number reaching = reaching_kl(history.clip_epsilon());
  if (!reaching) return "";
  const Number kl = history.value(Reading::kl_divergence);
  if (which == Reading::clip_fraction && kl && history.value(which)) {
    const double expected = expected_clip_fraction(*kl, history.clip_epsilon());
    return content_.text(language, kExpectedClipping(), {{"expected", percent(expected)}});
  }
  if (which != Reading::kl_divergence) return "";
  const Number target = metric(history.latest(), Metric::target_kl);
  return content_.text(
      language, target ? kGuideAndTarget() : kGuide(),
      {{"guide", figure(*reaching)}, {"target", target ? figure(*target) : std::string()}});
}

// How many of the updates that sentences speak of stopped themselves, if all of them say it.
std::string MetricsView::early_stops(const UpdateHistory& history, Language language) const {
  const std::vector<double> shares = history.recent_values(planned_share);
  const auto stopped =
      std::count_if(shares.begin(), shares.end(), [](double share) { return share < 1; });
  if (stopped == 0 || std::ssize(shares) < history.recent()) return "";
  return content_.text(
      language, kEarlyStops(),
      {{"stopped", std::to_string(stopped)}, {"n", std::to_string(shares.size())}});
}

std::string MetricsView::detail(const UpdateHistory& history, Reading which,
                                Language language) const {
  const Number value = history.value(which);
  if (!value) return "";
  if (which == Reading::kl_divergence) {
    const Number share = row_of(which).position(*value, history.clip_epsilon());
    if (!share) return "";
    return content_.text(language, kDetail(which),
                         {{"share", percent(*share)}, {"epsilon", figure(history.clip_epsilon())}});
  }
  if (which == Reading::clip_fraction) {
    const Number kl = history.value(Reading::kl_divergence);
    if (!kl || !reaching_kl(history.clip_epsilon())) return "";
    const double expected = expected_clip_fraction(*kl, history.clip_epsilon());
    const bool is_calm = history.newest_band(Reading::kl_divergence) == Band::calm;
    return content_.text(
        language, is_calm ? kDetail(which) : clipping(*value, expected, history.thresholds()),
        {{"expected", percent(expected)}});
  }
  const Number entropy = metric(history.latest(), Metric::entropy);
  const Number most = metric(history.latest(), Metric::entropy_max);
  return content_.text(language, kDetail(which),
                       {{"entropy", entropy ? figure(*entropy) : std::string()},
                        {"entropy_max", most ? figure(*most) : std::string()}});
}

std::string MetricsView::meaning(const UpdateHistory& history, Reading which, Level level,
                                 Language language) const {
  const Band band = history.band(which);
  const Band newest = history.newest_band(which);
  std::string all;
  const auto say = [&](const std::string& sentence) {
    if (sentence.empty()) return;
    all = all.empty() ? sentence
                      : content_.text(language, kBoth(), {{"first", all}, {"second", sentence}});
  };
  if (const Number median = history.median(which); median && band != Band::unknown) {
    const std::size_t values = history.recent_values(row_of(which).value).size();
    say(content_.text(language, kOverNewest(),
                      {{"n", std::to_string(values)}, {"median", row_of(which).written(*median)}}));
  }
  say(content_.text(language, kMeaning(which, band)));
  if (newest != band && newest != Band::unknown && band != Band::unknown) {
    say(content_.text(language, kNewest(),
                      {{"value", row_of(which).written(*history.value(which))},
                       {"state", headline_.state(which, newest, language)}}));
  }
  if (which == Reading::kl_divergence) say(early_stops(history, language));
  if (level != Level::advanced) return all;
  say(detail(history, which, language));
  if (const auto failed = fails_self_test(history); failed && which == Reading::kl_divergence) {
    const double kl = *metric(history.latest(), Metric::first_kl);
    say(content_.text(language, *failed ? kFailed() : kPassed(), {{"kl", figure(kl)}}));
  }
  return all;
}

protocol::MetricReading MetricsView::reading(const UpdateHistory& history, Reading which,
                                             Level level, Language language) const {
  protocol::MetricReading reading{};
  reading.metric = which;
  reading.name = headline_.name(which, level, language);
  reading.health = health_of(history, which);
  reading.state = headline_.state(which, history.band(which), language);
  reading.history = history.values(which);
  reading.trend = history.trend(which);
  if (level == Level::beginner) {
    reading.meaning = content_.text(language, kPlain(which, history.band(which)));
    return reading;
  }

  reading.value = history.value(which);
  reading.newest = history.thresholds().scale(which).health_of(history.newest_band(which));
  if (which == Reading::kl_divergence) reading.guide = reaching_kl(history.clip_epsilon());
  reading.guide_text = guide_text(history, which, language);
  reading.meaning = meaning(history, which, level, language);
  return reading;
}

protocol::PpoMetrics MetricsView::view(const UpdateHistory& history, const VerdictRule& strength,
                                       Level level, Language language) const {
  const protocol::TrainerMetrics& now = history.latest();
  protocol::PpoMetrics view{};
  view.run_id = history.run_id();
  view.segment = history.segment();
  view.update = now.update;
  view.global_step = now.global_step;
  view.games = now.games;
  for (const protocol::MetricRow& row : protocol::kMetricTable) {
    if (level >= row.level) view.metrics[row.metric] = metric(now, row.metric);
  }
  for (std::size_t i = 0; i < kEnumerators<Reading>; ++i) {
    view.readings.push_back(reading(history, static_cast<Reading>(i), level, language));
  }
  view.educational = headline_.write(history, strength, level, language);
  view.educational.remarks = remarks_.write(history, level, language);
  return view;
}

Keys MetricsView::keys() {
  return Headline::keys() + Remarks::keys() + kMeaning.keys() + kPlain.keys() + kOverNewest.keys() +
         kNewest.keys() + kDetail.keys() + kHeavyTail.keys() + kManyClipped.keys() + kGuide.keys() +
         kGuideAndTarget.keys() + kExpectedClipping.keys() + kEarlyStops.keys() + kPassed.keys() +
         kFailed.keys() + kBoth.keys();
}

}  // namespace keisei::studio

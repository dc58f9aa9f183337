#include "studio/health/metrics_view.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace keisei::studio {
namespace {

using protocol::Health;
using protocol::Language;
using protocol::Level;
using protocol::Number;

constexpr KeyFamily<Reading, Level> kName("metrics.*.name.*");
constexpr KeyFamily<Reading, Band> kState("metrics.*.state.*");
constexpr KeyFamily<Reading, Band> kMeaning("metrics.*.meaning.*");
constexpr KeyFamily<Reading> kDetail("metrics.*.detail");
constexpr KeyFamily kHeavyTail("metrics.clip_fraction.detail_heavy_tail");
constexpr KeyFamily<Health> kHealth("metrics.health.*");
constexpr KeyFamily<Band, Level> kSummary("metrics.summary.*.*");
constexpr KeyFamily<Level> kFirstGames("metrics.summary.first_games.*");
constexpr KeyFamily kNothingYet("metrics.health.first_games");

constexpr std::array<std::string_view, 3> kColors = {"#10b981", "#f59e0b", "#ef4444"};
// Observed clipping below this share of the expected one, at a KL beyond the calm band, means that
// few positions moved enormously.
constexpr double kHeavyTailShare = 0.5;

std::string shown(Number value) { return value ? figure(*value) : "–"; }

std::string share_of_limit(Number kl, Number limit) {
  return kl && limit && *limit > 0 ? percent(*kl / *limit) : "–";
}

Number kl_limit(const UpdateHistory& history) {
  return row_of(Reading::kl_divergence).limit(history.clip_epsilon());
}

// Only step size and brake speak for the update as a whole: the other two describe the network.
Band worst_band(const UpdateHistory& history) {
  const Band kl = history.band(Reading::kl_divergence);
  const Band clip = history.band(Reading::clip_fraction);
  if (kl == Band::unknown) return clip;
  return clip == Band::unknown ? kl : std::max(kl, clip);
}

}  // namespace

std::string MetricsView::detail(const UpdateHistory& history, Reading which,
                                Language language) const {
  const Number kl = history.value(Reading::kl_divergence);
  const Number value = history.value(which);
  if (which == Reading::kl_divergence) {
    const Number limit = kl_limit(history);
    if (!kl || *limit <= 0) return "";
    return content_.text(language, kDetail(which),
                         {{"share", share_of_limit(kl, limit)},
                          {"limit", figure(*limit)},
                          {"epsilon", figure(history.clip_epsilon())}});
  }
  if (which == Reading::clip_fraction) {
    if (!kl || !value) return "";
    const double expected = expected_clip_fraction(*kl, history.clip_epsilon());
    const bool heavy_tail =
        kl_band(kl, history.clip_epsilon()) != Band::calm && *value < kHeavyTailShare * expected;
    return content_.text(language, heavy_tail ? kHeavyTail() : kDetail(which),
                         {{"expected", percent(expected)}});
  }
  const Number entropy = metric(history.latest(), protocol::Metric::entropy);
  const Number most = metric(history.latest(), protocol::Metric::entropy_max);
  if (which == Reading::exploration && (!entropy || !most)) return "";
  return content_.text(language, kDetail(which),
                       {{"entropy", shown(entropy)}, {"entropy_max", shown(most)}});
}

protocol::MetricReading MetricsView::reading(const UpdateHistory& history, Reading which,
                                             Level level, Language language) const {
  const Number value = history.value(which);
  // A metric that is missing now is "no data", whatever its band was.
  const Band band = value ? history.band(which) : Band::unknown;

  protocol::MetricReading reading{};
  reading.metric = which;
  reading.name = content_.text(language, kName(which, level));
  reading.health = health_of(band);
  reading.state = content_.text(language, kState(which, band));
  reading.history = history.values(which);
  reading.trend = history.trend(which);
  if (level == Level::beginner) return reading;

  reading.value = value;
  reading.limit = row_of(which).limit(history.clip_epsilon());
  reading.meaning = content_.text(language, kMeaning(which, band));
  if (level != Level::advanced) return reading;
  if (std::string more = detail(history, which, language); !more.empty()) {
    reading.meaning = std::move(more);
  }
  return reading;
}

protocol::EducationalContext MetricsView::summary(const UpdateHistory& history, Level level,
                                                  Language language) const {
  const Band worst = worst_band(history);
  const Health health = health_of(worst);
  const std::string color(kColors[static_cast<std::size_t>(health)]);
  if (history.empty()) {
    return {health, color, content_.text(language, kNothingYet()),
            content_.text(language, kFirstGames(level))};
  }
  const Number kl = history.value(Reading::kl_divergence);
  const Number limit = kl_limit(history);
  return {health, color, content_.text(language, kHealth(health)),
          content_.text(language, kSummary(worst, level),
                        {{"kl", shown(kl)},
                         {"share", share_of_limit(kl, limit)},
                         {"limit", shown(limit)},
                         {"clip", shown(history.value(Reading::clip_fraction))}})};
}

protocol::PpoMetrics MetricsView::view(const UpdateHistory& history, Level level,
                                       Language language) const {
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
  view.educational = summary(history, level, language);
  return view;
}

Keys MetricsView::keys() {
  return kName.keys() + kState.keys() + kMeaning.keys() + kDetail.keys() + kHeavyTail.keys() +
         kHealth.keys() + kSummary.keys() + kFirstGames.keys() + kNothingYet.keys();
}

}  // namespace keisei::studio

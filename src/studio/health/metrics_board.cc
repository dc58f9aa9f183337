#include "studio/health/metrics_board.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using protocol::Number;

constexpr std::array<std::string_view, 4> kNames = {"kl_divergence", "clip_fraction", "exploration",
                                                    "explained_variance"};
constexpr std::array<std::string_view, 3> kLevels = {"beginner", "intermediate", "advanced"};
constexpr std::array<std::string_view, 3> kHealths = {"healthy", "learning", "exploring"};
constexpr std::array<std::string_view, 3> kColors = {"#10b981", "#f59e0b", "#ef4444"};
constexpr double kClipLimit = 0.20;
// Observed clipping below this share of the expected one, at a KL beyond the calm band, means that
// few positions moved enormously.
constexpr double kHeavyTailShare = 0.5;

Number metric(const protocol::TrainerMetrics& update, std::string_view key) {
  const auto found = update.metrics.find(std::string(key));
  return found == update.metrics.end() ? std::nullopt : found->second;
}

std::string shown(Number value) { return value ? figure(*value) : "–"; }

}  // namespace

void MetricsBoard::start_run(const std::string& run_id, double clip_epsilon) {
  clip_epsilon_ = clip_epsilon;
  if (run_id == run_id_) return;
  run_id_ = run_id;
  updates_.clear();
  bands_ = fresh_bands();
}

void MetricsBoard::add(const protocol::TrainerMetrics& update) {
  while (!updates_.empty() && updates_.back().update >= update.update) updates_.pop_back();
  updates_.push_back(update);
  if (updates_.size() > kWindow) updates_.pop_front();
  bands_[kl].update(kl_band(value_of(update, kl), clip_epsilon_));
  bands_[clip].update(clip_band(value_of(update, clip)));
  bands_[exploration].update(exploration_band(value_of(update, exploration)));
  bands_[explained_variance].update(explained_variance_band(value_of(update, explained_variance)));
}

Number MetricsBoard::value_of(const protocol::TrainerMetrics& update, Metric which) const {
  switch (which) {
    case kl:
      return metric(update, "ppo/kl_divergence_approx");
    case clip:
      return metric(update, "ppo/clip_fraction");
    case exploration: {
      const Number entropy = metric(update, "ppo/entropy");
      const Number most = metric(update, "ppo/entropy_max");
      if (!entropy || !most || *most <= 0) return std::nullopt;
      return *entropy / *most;
    }
    default:
      return metric(update, "ppo/explained_variance");
  }
}

std::string MetricsBoard::detail(Metric which, Language language) const {
  const std::string key = join("metrics", kNames[which], "detail");
  const Number kl_value = value_of(latest(), kl);
  const double limit = clip_epsilon_ * clip_epsilon_ / 2;
  if (which == kl) {
    if (!kl_value || limit <= 0) return "";
    return content_.text(language, key,
                         {{"share", percent(*kl_value / limit)},
                          {"limit", figure(limit)},
                          {"epsilon", figure(clip_epsilon_)}});
  }
  if (which == clip) {
    const Number observed = value_of(latest(), clip);
    if (!kl_value || !observed) return "";
    const double expected = expected_clip_fraction(*kl_value, clip_epsilon_);
    const bool heavy_tail =
        kl_band(kl_value, clip_epsilon_) != Band::calm && *observed < kHeavyTailShare * expected;
    return content_.text(language, heavy_tail ? key + "_heavy_tail" : key,
                         {{"expected", percent(expected)}});
  }
  if (which == exploration) {
    const Number entropy = metric(latest(), "ppo/entropy");
    const Number most = metric(latest(), "ppo/entropy_max");
    if (!entropy || !most) return "";
    return content_.text(language, key,
                         {{"entropy", figure(*entropy)}, {"entropy_max", figure(*most)}});
  }
  return content_.text(language, key);
}

protocol::MetricReading MetricsBoard::reading(Metric which, Level level, Language language) const {
  const Number value = value_of(latest(), which);
  // A metric that is missing now is "no data", whatever its band was.
  const Band band = value ? bands_[which].band() : Band::unknown;
  const std::string key = join("metrics", kNames[which]);
  const auto level_name = kLevels[static_cast<std::size_t>(level)];

  protocol::MetricReading reading{};
  reading.metric = static_cast<protocol::HealthMetric>(which);
  reading.name = content_.text(language, join(key, "name", level_name));
  reading.health = health_of(band);
  reading.state = content_.text(language, join(key, "state", to_string(band)));
  for (const auto& update : updates_) reading.history.push_back(value_of(update, which));
  reading.trend = trend_of(reading.history);
  if (level == Level::beginner) return reading;

  reading.value = value;
  if (which == kl) reading.limit = clip_epsilon_ * clip_epsilon_ / 2;
  if (which == clip) reading.limit = kClipLimit;
  reading.meaning = content_.text(language, join(key, "meaning", to_string(band)));
  if (level == Level::advanced) {
    if (const std::string more = detail(which, language); !more.empty()) reading.meaning = more;
  }
  return reading;
}

// Only step size and brake speak for the update as a whole: the other two describe the network.
protocol::EducationalContext MetricsBoard::summary(Level level, Language language) const {
  const Band kl_now = bands_[kl].band();
  const Band clip_now = bands_[clip].band();
  Band worst = std::max(kl_now == Band::unknown ? Band::calm : kl_now,
                        clip_now == Band::unknown ? Band::calm : clip_now);
  if (kl_now == Band::unknown && clip_now == Band::unknown) worst = Band::unknown;
  const auto health = static_cast<std::size_t>(health_of(worst));
  const Number kl_value = value_of(latest(), kl);
  const double limit = clip_epsilon_ * clip_epsilon_ / 2;
  return {health_of(worst), std::string(kColors[health]),
          content_.text(language, join("metrics.health", kHealths[health])),
          content_.text(
              language,
              join("metrics.summary", to_string(worst), kLevels[static_cast<std::size_t>(level)]),
              {{"kl", shown(kl_value)},
               {"share", kl_value && limit > 0 ? percent(*kl_value / limit) : "–"},
               {"limit", figure(limit)},
               {"clip", shown(value_of(latest(), clip))}})};
}

protocol::PpoMetrics MetricsBoard::view(Level level, Language language) const {
  const protocol::TrainerMetrics& now = latest();
  protocol::PpoMetrics view{};
  view.update = now.update;
  view.global_step = now.global_step;
  view.games = now.games;
  for (const protocol::MetricRow& row : protocol::kMetricTable) {
    if (level >= row.level) view.metrics[row.metric] = metric(now, row.trainer_key);
  }
  for (const Metric which : {kl, clip, exploration, explained_variance}) {
    view.readings.push_back(reading(which, level, language));
  }
  view.educational = summary(level, language);
  return view;
}

}  // namespace keisei::studio

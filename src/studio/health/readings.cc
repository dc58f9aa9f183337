#include "studio/health/readings.h"

#include <array>
#include <cstddef>
#include <string>

namespace keisei::studio {
namespace {

using protocol::Metric;
using protocol::Number;
using protocol::TrainerMetrics;

constexpr double kClipLimit = 0.20;

Number no_limit(double) { return std::nullopt; }

Number exploration(const TrainerMetrics& update) {
  const Number entropy = metric(update, Metric::entropy);
  const Number most = metric(update, Metric::entropy_max);
  if (!entropy || !most || *most <= 0) return std::nullopt;
  return *entropy / *most;
}

template <Band (*band)(Number)>
Band alone(Number value, double) {
  return band(value);
}

// By Reading. A poor forecast is usual early on: it takes longer to be called an alarm.
constexpr std::array<ReadingRow, kEnumerators<Reading>> kRows = {{
    {[](const TrainerMetrics& update) { return metric(update, Metric::kl_divergence); }, kl_band,
     [](double clip_epsilon) -> Number { return clip_epsilon * clip_epsilon / 2; }, 3},
    {[](const TrainerMetrics& update) { return metric(update, Metric::clip_fraction); },
     alone<clip_band>, [](double) -> Number { return kClipLimit; }, 3},
    {exploration, alone<exploration_band>, no_limit, 3},
    {[](const TrainerMetrics& update) { return metric(update, Metric::explained_variance); },
     alone<explained_variance_band>, no_limit, 5},
}};

}  // namespace

const ReadingRow& row_of(Reading reading) { return kRows[static_cast<std::size_t>(reading)]; }

Number metric(const TrainerMetrics& update, Metric metric) {
  const auto found = update.metrics.find(std::string(protocol::row_of(metric).trainer_key));
  return found == update.metrics.end() ? std::nullopt : found->second;
}

}  // namespace keisei::studio

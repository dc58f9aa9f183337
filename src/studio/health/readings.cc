#include "studio/health/readings.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <string>

#include "studio/content/content.h"

namespace keisei::studio {
namespace {

using protocol::Metric;
using protocol::Number;
using protocol::TrainerMetrics;

template <Metric kMetric>
Number reported(const TrainerMetrics& update) {
  return metric(update, kMetric);
}

Number finite(double value) { return std::isfinite(value) ? Number(value) : std::nullopt; }

Number exploration(const TrainerMetrics& update) {
  const Number entropy = metric(update, Metric::entropy);
  const Number most = metric(update, Metric::entropy_max);
  if (!entropy || !most || *most <= 0) return std::nullopt;
  return finite(*entropy / *most);
}

Number itself(double value, double) { return value; }

Number in_reaching_kl(double kl, double clip_epsilon) {
  const Number unit = reaching_kl(clip_epsilon);
  return unit ? finite(kl / *unit) : std::nullopt;
}

std::string two_places(double value) {
  return std::abs(value) < 100 ? fmt::format("{:.2f}", value) : figure(value);
}

// By Reading.
constexpr std::array<ReadingRow, kEnumerators<Reading>> kRows = {{
    {reported<Metric::kl_divergence>, in_reaching_kl, figure},
    {reported<Metric::clip_fraction>, itself, percent},
    {exploration, itself, percent},
    {reported<Metric::explained_variance>, itself, two_places},
}};

}  // namespace

const ReadingRow& row_of(Reading reading) { return kRows[static_cast<std::size_t>(reading)]; }

Number reaching_kl(double clip_epsilon) {
  const double kl = clip_epsilon * clip_epsilon / 2;
  return kl > 0 ? finite(kl) : std::nullopt;
}

Number metric(const TrainerMetrics& update, Metric metric) {
  const auto found = update.metrics.find(std::string(protocol::row_of(metric).trainer_key));
  return found == update.metrics.end() ? std::nullopt : found->second;
}

}  // namespace keisei::studio

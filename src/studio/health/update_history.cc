#include "studio/health/update_history.h"

#include <algorithm>

#include "studio/history/trend.h"

namespace keisei::studio {

using protocol::Number;

void UpdateHistory::set_clip_epsilon(double clip_epsilon) {
  clip_epsilon_ = clip_epsilon;
  settle();
}

void UpdateHistory::add(const protocol::TrainerMetrics& update, int segment) {
  segment_ = segment;
  while (!updates_.empty() && updates_.back().update >= update.update) updates_.pop_back();
  updates_.push_back(update);
  if (updates_.size() > kWindow) updates_.pop_front();
  settle();
}

void UpdateHistory::settle() {
  for (const Reading reading : enumerators<Reading>()) {
    const Number where = position(reading, median(reading));
    if (!where) continue;
    Band& band = bands_[static_cast<std::size_t>(reading)];
    band = thresholds_->scale(reading).settle(band, *where);
  }
}

const protocol::TrainerMetrics& UpdateHistory::latest() const {
  static const protocol::TrainerMetrics kNone{};
  return updates_.empty() ? kNone : updates_.back();
}

protocol::Series UpdateHistory::values(Reading reading) const {
  protocol::Series values;
  values.reserve(updates_.size());
  for (const auto& update : updates_) values.push_back(row_of(reading).value(update));
  return values;
}

protocol::Trend UpdateHistory::trend(Value of) const {
  TrendWindow window;
  for (const auto& update : updates_) {
    if (const Number value = of(update)) window.add(update.update, *value);
  }
  return trend_of(window.points()).trend;
}

int UpdateHistory::recent() const {
  return std::min(thresholds_->window(), static_cast<int>(updates_.size()));
}

std::vector<double> UpdateHistory::recent_values(Value of) const {
  std::vector<double> values;
  for (auto update = updates_.end() - recent(); update != updates_.end(); ++update) {
    if (const Number reported = of(*update)) values.push_back(*reported);
  }
  return values;
}

Number UpdateHistory::median(Value of) const {
  std::vector<double> values = recent_values(of);
  if (static_cast<int>(values.size()) < thresholds_->least()) return std::nullopt;
  std::sort(values.begin(), values.end());
  const std::size_t half = values.size() / 2;
  return values.size() % 2 == 1 ? values[half] : values[half - 1] / 2 + values[half] / 2;
}

Number UpdateHistory::position(Reading reading, Number value) const {
  return value ? row_of(reading).position(*value, clip_epsilon_) : std::nullopt;
}

Band UpdateHistory::newest_band(Reading reading) const {
  return thresholds_->scale(reading).band_of(position(reading, value(reading)));
}

Band UpdateHistory::band(Reading reading) const {
  const bool is_known = value(reading) && position(reading, median(reading));
  return is_known ? bands_[static_cast<std::size_t>(reading)] : Band::unknown;
}

}  // namespace keisei::studio

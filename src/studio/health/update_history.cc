#include "studio/health/update_history.h"

#include <utility>

#include "studio/history/trend.h"

namespace keisei::studio {

UpdateHistory::UpdateHistory(std::string run_id, double clip_epsilon)
    : run_id_(std::move(run_id)), clip_epsilon_(clip_epsilon) {
  for (std::size_t i = 0; i < bands_.size(); ++i) {
    bands_[i] = BandTracker(row_of(static_cast<Reading>(i)).patience);
  }
}

void UpdateHistory::add(const protocol::TrainerMetrics& update, int segment) {
  segment_ = segment;
  while (!updates_.empty() && updates_.back().update >= update.update) updates_.pop_back();
  updates_.push_back(update);
  if (updates_.size() > kWindow) updates_.pop_front();
  for (std::size_t i = 0; i < bands_.size(); ++i) {
    const ReadingRow& row = row_of(static_cast<Reading>(i));
    bands_[i].update(row.band(row.value(update), clip_epsilon_));
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

protocol::Trend UpdateHistory::trend(Reading reading) const {
  TrendWindow window;
  for (const auto& update : updates_) {
    if (const protocol::Number value = row_of(reading).value(update)) {
      window.add(update.update, *value);
    }
  }
  return trend_of(window.points()).trend;
}

}  // namespace keisei::studio

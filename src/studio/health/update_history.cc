#include "studio/health/update_history.h"

namespace keisei::studio {

UpdateHistory::UpdateHistory(double clip_epsilon) : clip_epsilon_(clip_epsilon) {
  for (std::size_t i = 0; i < bands_.size(); ++i) {
    bands_[i] = BandTracker(row_of(static_cast<Reading>(i)).patience);
  }
}

void UpdateHistory::add(const protocol::TrainerMetrics& update) {
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

}  // namespace keisei::studio

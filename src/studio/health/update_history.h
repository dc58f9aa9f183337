#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <string>

#include "base/enum_names.h"
#include "protocol/telemetry.h"
#include "studio/health/bands.h"
#include "studio/health/readings.h"

namespace keisei::studio {

/// A run's PPO updates in a bounded window, and the band that each reading is in.
class UpdateHistory {
 public:
  static constexpr std::size_t kWindow = 100;

  UpdateHistory() : UpdateHistory("", 0.2) {}
  UpdateHistory(std::string run_id, double clip_epsilon);

  void set_clip_epsilon(double clip_epsilon) { clip_epsilon_ = clip_epsilon; }
  /// A trainer that resumes from a checkpoint counts from there: later updates are forgotten.
  void add(const protocol::TrainerMetrics& update, int segment);

  const std::string& run_id() const { return run_id_; }
  /// Of the run: the newest.
  int segment() const { return segment_; }
  bool empty() const { return updates_.empty(); }
  /// An update 0 that reported nothing, while there is none.
  const protocol::TrainerMetrics& latest() const;
  protocol::Number value(Reading reading) const { return row_of(reading).value(latest()); }
  /// Oldest first.
  protocol::Series values(Reading reading) const;
  protocol::Trend trend(Reading reading) const;
  Band band(Reading reading) const { return bands_[static_cast<std::size_t>(reading)].band(); }
  double clip_epsilon() const { return clip_epsilon_; }

 private:
  std::string run_id_;
  double clip_epsilon_;
  int segment_ = 1;
  std::deque<protocol::TrainerMetrics> updates_;
  std::array<BandTracker, kEnumerators<Reading>> bands_;
};

}  // namespace keisei::studio

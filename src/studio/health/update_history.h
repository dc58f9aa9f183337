#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "base/enum_names.h"
#include "protocol/telemetry.h"
#include "studio/health/bands.h"
#include "studio/health/readings.h"
#include "studio/health/threshold_table.h"

namespace keisei::studio {

/// A run's PPO updates in a bounded window, and where each reading stands: its newest value by
/// itself, and the median of the newest few, which a single noisy update does not move.
class UpdateHistory {
 public:
  static constexpr std::size_t kWindow = 100;
  using Value = protocol::Number (*)(const protocol::TrainerMetrics& update);

  /// The table outlives it.
  explicit UpdateHistory(const ThresholdTable& thresholds, std::string run_id = "",
                         double clip_epsilon = 0.2)
      : thresholds_(&thresholds), run_id_(std::move(run_id)), clip_epsilon_(clip_epsilon) {}

  void set_clip_epsilon(double clip_epsilon);
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
  const std::deque<protocol::TrainerMetrics>& updates() const { return updates_; }
  /// Of all of them.
  protocol::Series values(Reading reading) const;
  protocol::Trend trend(Value of) const;
  protocol::Trend trend(Reading reading) const { return trend(row_of(reading).value); }
  double clip_epsilon() const { return clip_epsilon_; }
  const ThresholdTable& thresholds() const { return *thresholds_; }

  /// How many updates sentences speak of: those of ThresholdTable::window, or all there are.
  int recent() const;
  /// What those have reported, oldest first.
  std::vector<double> recent_values(Value of) const;
  /// Null if they have reported it too rarely for a statement.
  protocol::Number median(Value of) const;
  protocol::Number median(Reading reading) const { return median(row_of(reading).value); }

  /// The band of the newest value by itself.
  Band newest_band(Reading reading) const;
  /// The band of the median, with hysteresis. Unknown without a median, and while the newest update
  /// has not reported it.
  Band band(Reading reading) const;

 private:
  protocol::Number position(Reading reading, protocol::Number value) const;
  void settle();

  const ThresholdTable* thresholds_;
  std::string run_id_;
  double clip_epsilon_;
  int segment_ = 1;
  std::deque<protocol::TrainerMetrics> updates_;
  std::array<Band, kEnumerators<Reading>> bands_ = [] {
    std::array<Band, kEnumerators<Reading>> none{};
    none.fill(Band::unknown);
    return none;
  }();
};

}  // namespace keisei::studio

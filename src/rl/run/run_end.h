#pragma once

#include <cstdint>
#include <optional>

#include "base/clock.h"
#include "rl/run/metrics_manager.h"

namespace keisei::rl {

/// When a run ends by itself: after so many minutes, or so many plies in all, whichever is first.
class RunEnd {
 public:
  /// 0 minutes or steps: no such end. The time runs from now on.
  RunEnd(double minutes, std::int64_t steps, const Clock& clock);

  bool reached(const MetricsManager& metrics) const;
  /// None for a run without an end, and before it has a pace.
  std::optional<double> remaining_s(const MetricsManager& metrics) const;

 private:
  double minutes_;
  std::int64_t steps_;
  const Clock& clock_;
  SteadyTime begin_;
};

}  // namespace keisei::rl

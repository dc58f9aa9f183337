#pragma once

#include <atomic>
#include <cmath>
#include <limits>
#include <optional>

#include "hook/events/event_counters.h"
#include "hook/events/gate.h"
#include "hook/measuring/impact_estimate.h"

namespace keisei::hook {

/// The latest estimate, from the thread that trains to the one that publishes. The three numbers
/// may be of two neighbouring estimates for a moment, which nobody can see.
class SharedImpact {
 public:
  void set(const std::optional<Impact>& impact) noexcept {
    pct_.store(impact ? impact->pct : kNone, std::memory_order_relaxed);
    low_pct_.store(impact ? impact->low_pct : kNone, std::memory_order_relaxed);
    high_pct_.store(impact ? impact->high_pct : kNone, std::memory_order_relaxed);
  }
  std::optional<double> pct() const noexcept { return known(pct_); }
  std::optional<double> low_pct() const noexcept { return known(low_pct_); }
  std::optional<double> high_pct() const noexcept { return known(high_pct_); }

 private:
  static constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
  static std::optional<double> known(const std::atomic<double>& value) noexcept {
    const double now = value.load(std::memory_order_relaxed);
    return std::isfinite(now) ? std::optional(now) : std::nullopt;
  }

  std::atomic<double> pct_{kNone};
  std::atomic<double> low_pct_{kNone};
  std::atomic<double> high_pct_{kNone};
};

/// What the threads of a hook tell each other besides events.
struct HookStatus {
  Gate gate;
  SharedImpact impact;
  EventCounters counters;  // the publisher's
};

}  // namespace keisei::hook

#pragma once

#include <chrono>

#include "base/clock.h"

namespace keisei::studio {

/// When changing state is sent: the first change after a quiet interval at once, later ones merged
/// until the interval has passed. Nothing is sent while nothing changes.
class LeadingEdge {
 public:
  explicit LeadingEdge(std::chrono::milliseconds interval) : interval_(interval) {}

  void changed() { pending_ = true; }
  /// What was sent last is no longer true: the interval does not count.
  void outdated() {
    pending_ = true;
    next_ = SteadyTime::min();
  }
  /// Whether to send now; true once per sending.
  bool take(SteadyTime now) {
    if (!pending_ || now < next_) return false;
    pending_ = false;
    next_ = now + interval_;
    return true;
  }
  /// When take() may become true without another change.
  SteadyTime due() const { return pending_ ? next_ : SteadyTime::max(); }

 private:
  std::chrono::milliseconds interval_;
  SteadyTime next_ = SteadyTime::min();
  bool pending_ = false;
};

}  // namespace keisei::studio

#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>

#include "base/clock.h"

namespace keisei::studio {

/// When something that comes again and again will come next, by the times between the last ones: an
/// estimate that can be stood by, or none.
class Cadence {
 public:
  static constexpr std::size_t kFewest = 3;  // times between, to say anything
  static constexpr std::size_t kMost = 9;    // are looked at
  /// The middle half of them may differ by so much of their median.
  static constexpr double kSpread = 0.5;

  void happened(SteadyTime now);
  void clear() { *this = {}; }

  /// The latest and the median time between them. None while they are too few or too uneven, and
  /// once it is overdue by half a median.
  std::optional<SteadyTime> next(SteadyTime now) const;

 private:
  std::optional<SteadyTime> latest_;
  std::deque<SteadyTime::duration> between_;
};

}  // namespace keisei::studio

#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

#include "base/clock.h"
#include "protocol/types.h"

namespace keisei::hook {

/// How long it takes from emitting an event until the showcase's confirmation of it is back, by
/// clocks of this machine alone. A showcase confirms many messages at a time, at once for the last
/// of them: only that one is measured.
class RoundTrips {
 public:
  /// Message `seq` (rising) goes out; it was emitted `age_s` seconds ago, by the wall clock.
  void sent(std::uint64_t seq, SteadyTime now, double age_s);
  /// The showcase has all messages up to `seq`.
  void acknowledged(std::uint64_t seq, SteadyTime now);
  /// The connection is gone; another begins to count anew.
  void lost() { waiting_.clear(); }

  /// Median of the last 10 s; none if nothing was confirmed in them.
  protocol::Number median_ms(SteadyTime now) const;

 private:
  struct Waiting {
    std::uint64_t seq;
    SteadyTime emitted;
  };
  struct Sample {
    SteadyTime at;
    double ms;
  };

  std::deque<Waiting> waiting_;
  std::deque<Sample> samples_;
};

}  // namespace keisei::hook

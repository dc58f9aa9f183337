#pragma once

#include <deque>
#include <map>
#include <string>

#include "base/clock.h"
#include "protocol/types.h"

namespace keisei::studio {

/// How the show itself does: who watches, and how late it is.
class ShowFigures {
 public:
  explicit ShowFigures(SteadyTime started) : started_(started) {}

  void count_viewers(const std::string& edge, int viewers, SteadyTime now);
  /// From the trainer's emit to the finished frame, both in seconds since the epoch.
  void record_latency(double emitted_at, double shown_at, SteadyTime now);

  /// Of all edges that were heard of lately.
  int viewers(SteadyTime now) const;
  /// Median of the last 10 s, in milliseconds.
  protocol::Number latency_ms(SteadyTime now) const;
  double uptime_s(SteadyTime now) const;

 private:
  struct Count {
    int viewers;
    SteadyTime at;
  };
  struct Sample {
    SteadyTime at;
    double ms;
  };

  SteadyTime started_;
  std::map<std::string, Count> viewers_;  // by edge
  std::deque<Sample> latencies_;
};

}  // namespace keisei::studio

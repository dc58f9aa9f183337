#pragma once

#include <map>
#include <string>

#include "base/clock.h"

namespace keisei::studio {

/// How the show itself does: who watches, and for how long it has been on.
class ShowFigures {
 public:
  explicit ShowFigures(SteadyTime started) : started_(started) {}

  void count_viewers(const std::string& edge, int viewers, SteadyTime now);

  /// Of all edges that were heard of lately.
  int viewers(SteadyTime now) const;
  double uptime_s(SteadyTime now) const;

 private:
  struct Count {
    int viewers;
    SteadyTime at;
  };

  SteadyTime started_;
  std::map<std::string, Count> viewers_;  // by edge
};

}  // namespace keisei::studio

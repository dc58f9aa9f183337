#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

#include "base/clock.h"

namespace keisei::search {

/// When a search ends, as far as that can change while it runs. Thread-safe.
class SearchSignal {
 public:
  void stop() { stopped_ = true; }
  bool stopped() const { return stopped_; }

  /// From now on the search ends at `deadline`; never, until this was called.
  void set_deadline(SteadyTime deadline) { deadline_ = deadline.time_since_epoch().count(); }
  SteadyTime deadline() const { return SteadyTime(SteadyTime::duration(deadline_)); }

 private:
  std::atomic<bool> stopped_ = false;
  std::atomic<SteadyTime::rep> deadline_ = SteadyTime::max().time_since_epoch().count();
};

}  // namespace keisei::search

#pragma once

#include <atomic>
#include <chrono>

#include "base/clock.h"

namespace keisei::hook {

/// A clock that tests move by hand, from any thread.
class ManualClock final : public Clock {
 public:
  SteadyTime steady() const override { return SteadyTime(since_start_.load() + kStart); }
  WallTime wall() const override {
    return WallTime(std::chrono::duration_cast<WallTime::duration>(since_start_.load() + kEpoch));
  }
  void pass(std::chrono::nanoseconds time) { since_start_ = since_start_.load() + time; }

 private:
  static constexpr std::chrono::nanoseconds kStart = std::chrono::hours(1);
  static constexpr std::chrono::nanoseconds kEpoch = std::chrono::hours(480'000);
  std::atomic<std::chrono::nanoseconds> since_start_{std::chrono::nanoseconds(0)};
};

}  // namespace keisei::hook

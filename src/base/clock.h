#pragma once

#include <chrono>

namespace keisei {

using SteadyTime = std::chrono::steady_clock::time_point;
using WallTime = std::chrono::system_clock::time_point;

/// Time as a dependency, so that tests can move it by hand. Thread-safe in every implementation.
class Clock {
 public:
  virtual ~Clock() = default;
  /// For intervals: never goes back.
  virtual SteadyTime steady() const = 0;
  /// For timestamps that leave the process.
  virtual WallTime wall() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
 public:
  SteadyTime steady() const override { return std::chrono::steady_clock::now(); }
  WallTime wall() const override { return std::chrono::system_clock::now(); }
};

/// Seconds since the epoch, as messages carry them.
inline double unix_seconds(WallTime time) {
  return std::chrono::duration<double>(time.time_since_epoch()).count();
}

}  // namespace keisei

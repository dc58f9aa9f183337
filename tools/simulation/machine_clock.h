#pragma once

#include <chrono>

#include "simulation/schedule.h"

namespace keisei::simulation {

/// The clock of one machine: it counts as the simulation does, and its time of day can be set.
class MachineClock final : public Clock {
 public:
  /// `schedule` outlives it.
  explicit MachineClock(const Schedule& schedule) : schedule_(schedule) {}

  SteadyTime steady() const override { return schedule_.now(); }
  WallTime wall() const override {
    const auto since_start = schedule_.now().time_since_epoch() + kEpoch + shift_;
    return WallTime(std::chrono::duration_cast<WallTime::duration>(since_start));
  }
  /// The time of day jumps.
  void jump(std::chrono::nanoseconds by) { shift_ += by; }

 private:
  static constexpr std::chrono::nanoseconds kEpoch = std::chrono::hours(490'000);

  const Schedule& schedule_;
  std::chrono::nanoseconds shift_{0};
};

}  // namespace keisei::simulation

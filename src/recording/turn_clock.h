#pragma once

#include <atomic>

#include "recording/turn.h"

namespace keisei::recording {

/// The time as a recorded studio sees it: it stands still during a turn, so that all that is read
/// of it is in the recording.
class TurnClock final : public Clock {
 public:
  explicit TurnClock(const Moment& begin) { set(begin); }

  void set(const Moment& now) {
    steady_ = now.steady;
    wall_ = now.wall;
  }
  SteadyTime steady() const override { return steady_; }
  WallTime wall() const override { return wall_; }

 private:
  std::atomic<SteadyTime> steady_;
  std::atomic<WallTime> wall_;
};

/// Reads a clock moment by moment. What two clocks that are read one after the other seem to drift
/// apart is left out: the wall clock counts as set only when it is a millisecond off.
class MomentReader {
 public:
  explicit MomentReader(const Clock& clock) : clock_(clock), last_(now()) {}

  const Moment& last() const { return last_; }
  const Moment& read() {
    const Moment measured = now();
    const WallTime expected = last_.wall + (measured.steady - last_.steady);
    const auto shift = measured.wall - expected;
    last_ = {measured.steady, std::chrono::abs(shift) < kSet ? expected : measured.wall};
    return last_;
  }

 private:
  static constexpr std::chrono::milliseconds kSet{1};

  Moment now() const {
    using std::chrono::floor;
    using std::chrono::microseconds;
    return {floor<microseconds>(clock_.steady()), floor<microseconds>(clock_.wall())};
  }

  const Clock& clock_;
  Moment last_;
};

}  // namespace keisei::recording

#pragma once

#include "base/clock.h"
#include "simulation/random.h"

namespace keisei::simulation {

/// While this lives, this process tells the simulation's time and draws the simulation's random
/// numbers, whoever asks: the C library's clocks, and through them those of C++ and the timers of
/// Asio; and OpenSSL's random bytes. So nothing of the show can read a real clock, knowingly or
/// not. Clocks that count processor time stay real. One at a time, and while no other thread asks.
class ProcessClock {
 public:
  /// Both outlive it.
  ProcessClock(const Clock& clock, Random& random);
  ~ProcessClock();
  ProcessClock(const ProcessClock&) = delete;
  ProcessClock& operator=(const ProcessClock&) = delete;
};

}  // namespace keisei::simulation

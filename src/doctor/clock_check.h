#pragma once

#include "base/clock.h"
#include "doctor/finding.h"

namespace keisei::doctor {

/// What the kernel says of this machine's clock (adjtimex(2)).
enum class ClockState { kept, not_kept, unknown };
ClockState state_of_own_clock();

/// Whether somebody keeps this machine's clock right, so that it shows the time at all.
Finding check_own_clock(ClockState state, WallTime now);

/// How far the showcase's clock, which showed `theirs` seconds since the epoch at some moment
/// between `asked` and `answered`, is from this machine's. Run it where the trainer runs.
Finding compare_clocks(double theirs, WallTime asked, WallTime answered);

}  // namespace keisei::doctor

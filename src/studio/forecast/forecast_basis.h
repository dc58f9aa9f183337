#pragma once

#include "studio/forecast/calibration.h"

namespace keisei::studio {

/// How often the forecast halfway through a game was on the right side, of games that ended with a
/// winner.
struct ForecastTally {
  int right = 0;
  int wrong = 0;
  int even = 0;  // it was too close to even to be on a side

  int on_a_side() const { return right + wrong; }
  friend bool operator==(const ForecastTally&, const ForecastTally&) = default;
};

/// What is told of a game's forecast from its beginning to its end: of the games that had ended
/// before it began. So a curve never changes backwards, no forecast has seen its own result, and
/// none gives it away.
struct ForecastBasis {
  Calibration calibration{};
  ForecastTally tally{};
};

}  // namespace keisei::studio

#pragma once

#include <chrono>

#include "studio/game/pace.h"

namespace keisei::studio {

/// How a finished game would be shown, and what that would be like to watch.
struct ShowPlan {
  int from;          // the position it begins with: the first one known, or later
  double minutes;    // from there to the end
  double suspense;   // SuspenseMeter's expected squares, summed over the moves shown, a minute
  double surprise;   // the squares by which the forecast really moved
  double mean_move;  // the root of the mean expected square: how far a move may carry the forecast
};

/// From its first move if it ends within `longest`, or a fourth more; else joined where just so
/// much is left. Precondition: the game is complete.
ShowPlan plan_of(const FeaturedGame& game, const Pace& pace, const SuspenseMeter& suspense,
                 std::chrono::milliseconds longest);

}  // namespace keisei::studio

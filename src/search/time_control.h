#pragma once

#include <chrono>
#include <optional>

#include "shogi/types.h"

namespace keisei::search {

/// The clocks as a game's controller states them before a move.
struct TimeControl {
  using Milliseconds = std::chrono::milliseconds;

  std::optional<Milliseconds> black, white;  // what is left; none: not said
  Milliseconds byoyomi{0};                   // for each move, once nothing is left
  Milliseconds black_increment{0}, white_increment{0};
  std::optional<Milliseconds> move_time;  // exactly this move
};

/// How long to think about one move: a share of what is left and what the move brings back, and
/// never so long that less than `margin` of the time remains for the way to the controller. At
/// least a millisecond; none without a limit.
std::optional<std::chrono::milliseconds> thinking_time(const TimeControl& control,
                                                       shogi::Color mover,
                                                       std::chrono::milliseconds margin);

}  // namespace keisei::search

#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hook/events/events.h"

namespace keisei::rl {

/// What somebody who watches a run at a terminal wants to know.
struct Progress {
  hook::MetricsEvent metrics;
  double elapsed_s = 0;               // of this process
  std::optional<double> remaining_s;  // none: the run has no end
  std::string last_game;              // empty: none has ended yet
};

/// A few lines of at most `columns` characters each, without line ends. What does not fit on a line
/// goes on in the next.
std::vector<std::string> progress_lines(const Progress& progress, int columns);

/// "game 12: Black won by checkmate after 143 plies".
std::string game_summary(const hook::GameFinishedEvent& game);

/// The time left until `target` at the pace of now, none if there is no pace yet.
std::optional<double> time_to(double target, double done, double per_second);

}  // namespace keisei::rl

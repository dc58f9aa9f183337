#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "search/time_control.h"
#include "usi/words.h"

namespace keisei::usi {

/// What follows `go` or, with times alone, `ponderhit`.
struct GoCommand {
  search::TimeControl times;
  bool infinite = false;
  bool ponder = false;
  bool mate = false;  // then `times.move_time` is its limit, if there is one
  std::optional<std::uint64_t> nodes;
  std::vector<std::string> complaints;  // what was left out, and why
};

/// Never fails: what cannot be read is left out with a complaint.
GoCommand read_go(Words words);

}  // namespace keisei::usi

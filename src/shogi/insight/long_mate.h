#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "shogi/insight/mate.h"
#include "shogi/position.h"

namespace keisei::shogi {

struct LongMateSearch {
  MateSearch::Verdict verdict = MateSearch::Verdict::gave_up;
  std::vector<Move> line;   // empty unless there is a mate; as short as possible
  int plies_searched = 0;   // no mate is this short, if none was found
  std::uint64_t nodes = 0;  // moves made
};

/// As find_mate(), but of any length up to `max_plies` (odd), and `no_mate` means that no checks
/// mate however long they go on: every line of them runs out. Plies are added until the question is
/// answered or `give_up`, asked every thousand nodes or so, says yes. Repetition is not looked at:
/// checks that could go on for ever prove nothing.
LongMateSearch find_long_mate(const Position& position, int max_plies,
                              const std::function<bool()>& give_up);

}  // namespace keisei::shogi

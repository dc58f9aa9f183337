#pragma once

#include <vector>

#include "store/store_test_kit.h"

namespace keisei::store::testing {

/// What the program that is killed hands over, one after the other: moves that end as games,
/// updates and, now and then, a milestone.
inline std::vector<Entry> numbered_order(int number) {
  const std::string game_id = fmt::format("run-{}", number / 20);
  std::vector<Entry> entries{update(number), move(game_id, number % 20)};
  if (number % 20 == 19) entries.emplace_back(game(game_id, Moves(20, "7g7f")));
  if (number % 7 == 0) entries.emplace_back(milestone(fmt::format("milestone_{}", number)));
  return entries;
}

}  // namespace keisei::store::testing

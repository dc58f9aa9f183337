#include "rl/encoding/action_parts.h"

#include <array>
#include <cstddef>

#include "rl/encoding/encoding.h"

namespace keisei::rl {
namespace {

std::array<ActionParts, kActions> take_apart() {
  std::array<ActionParts, kActions> parts{};
  for (int action = 0; action < kActions; ++action) {
    ActionParts& p = parts[static_cast<std::size_t>(action)];
    if (action >= kBoardActions) {
      const int drop = action - kBoardActions;
      p = {-1, static_cast<std::int16_t>(drop / kDropTypes),
           static_cast<std::int16_t>(kMovesPerSquare + drop % kDropTypes), 0, 0};
      continue;
    }
    const int from = action / kMovesPerSquare;
    const int rest = action % kMovesPerSquare;
    const int to = rest / 2 + (rest / 2 >= from ? 1 : 0);
    const int rows = to / kBoardSize - from / kBoardSize + 8;
    const int columns = to % kBoardSize - from % kBoardSize + 8;
    p = {static_cast<std::int16_t>(from), static_cast<std::int16_t>(to),
         static_cast<std::int16_t>(rest),
         static_cast<std::int16_t>((rows * 17 + columns) * 2 + rest % 2),
         static_cast<std::int16_t>(rest % 2)};
  }
  return parts;
}

}  // namespace

const ActionParts& parts_of(std::int32_t action) {
  static const std::array<ActionParts, kActions> parts = take_apart();
  return parts[static_cast<std::size_t>(action)];
}

}  // namespace keisei::rl

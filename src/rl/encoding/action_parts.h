#pragma once

#include <cstdint>

namespace keisei::rl {

/// An action taken apart, in the mover's frame.
struct ActionParts {
  std::int16_t from;  // -1: drop
  std::int16_t to;
  std::int16_t plane;   // of the convolutional head, at `from`, or at `to` for drops
  std::int16_t offset;  // index of the attention head's bias: direction, length and promotion
  std::int16_t promotion;
};

/// Precondition: action in [0, kActions).
const ActionParts& parts_of(std::int32_t action);

}  // namespace keisei::rl

#pragma once

#include "protocol/types.h"

namespace keisei::studio {

/// A network's value of a position, -1 to 1 for the side to move, as a share of the point for
/// Black.
inline protocol::Number said_for_black(protocol::Number value, bool black_to_move) {
  if (!value) return std::nullopt;
  const double mover = (*value + 1) / 2;
  return black_to_move ? mover : 1 - mover;
}

/// Networks favour whoever is to move. Unknown if one of them is.
inline protocol::Number mean_of_two(protocol::Number before, protocol::Number now) {
  if (!before || !now) return std::nullopt;
  return (*before + *now) / 2;
}

}  // namespace keisei::studio

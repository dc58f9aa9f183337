#pragma once

#include "shogi/position.h"

namespace keisei::rl {

/// Material of the side to move minus the opponent's, on the board and in hand, in units of all
/// the material there is at the start of one side: the start is 0, having everything about 1.
double material_balance(const shogi::Position& position);

}  // namespace keisei::rl

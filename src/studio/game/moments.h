#pragma once

#include <vector>

#include "studio/game/featured_game.h"

namespace keisei::studio {

/// The positions of a game up to one of them that are worth another look: after the moves that
/// turned the forecast most, and captures, promotions and checks before quiet moves. In the order
/// of the game, at most `most`; at least one if a move has been played.
std::vector<int> moments_of(const FeaturedGame& game, int up_to, std::size_t most);

}  // namespace keisei::studio

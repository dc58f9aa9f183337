#pragma once

#include <string_view>

#include "base/result.h"
#include "shogi/game.h"

namespace keisei::usi {

/// What follows `position`: "startpos" or "sfen …", and perhaps "moves …". Plays on where the rules
/// of `rules` would have ended the game, since the GUI decides that: what went before is then
/// forgotten, for repetition too. An error names the move and the rule that it breaks.
Result<shogi::Game> read_position(std::string_view text, const shogi::Rules& rules);

/// The same game, or one that begins in its position if the rules say that it has ended although
/// the side to move can move.
shogi::Game playable(const shogi::Game& game);

}  // namespace keisei::usi

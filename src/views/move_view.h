#pragma once

#include <optional>

#include "protocol/game_messages.h"
#include "shogi/position.h"

/// Shogi as messages tell it.
namespace keisei::views {

/// A move with all that is needed to draw and name it. `last_to`: where the move before went.
/// Precondition: the move is legal.
protocol::MoveView view_of(const shogi::Position& before, shogi::Move move,
                           std::optional<shogi::Square> last_to);

}  // namespace keisei::views

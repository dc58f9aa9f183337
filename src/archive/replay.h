#pragma once

#include <optional>
#include <vector>

#include "protocol/telemetry.h"
#include "shogi/position.h"

namespace keisei::archive {

/// The moves of a kept game, each allowed by the rules.
struct Replay {
  shogi::Position start = shogi::Position::startpos();
  std::vector<shogi::Move> moves;
};

/// Up to the first move that the rules do not allow; nothing from a start that is no position. What
/// the show keeps has passed the studio, so that this is for files that something else has written.
Replay replay_of(const protocol::GameFinished& game);

}  // namespace keisei::archive

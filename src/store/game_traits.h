#pragma once

#include <functional>
#include <string>

#include "protocol/telemetry.h"

namespace keisei::store {

/// What a finished game is searched by and nobody has told: found in its moves by whoever knows the
/// rules. Words, each between two spaces: " black/mino white/yagura ".
struct GameTraits {
  std::string openings;
  std::string castles;
};

/// Called on the store's thread, once for each game.
using ReadTraits = std::function<GameTraits(const protocol::GameFinished&)>;

}  // namespace keisei::store

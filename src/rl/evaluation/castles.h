#pragma once

#include "shogi/insight/castles.h"

namespace keisei::rl {

/// Those of content/castles.json, compiled into the program.
const shogi::Castles& known_castles();

/// The least parts of what counts as a castle here; the sitting king is none.
inline constexpr int kCastleParts = 3;

}  // namespace keisei::rl

#pragma once

#include "base/result.h"
#include "shogi/position.h"

namespace keisei::shogi {

/// Nothing for a legal move; otherwise the rule that it breaks, in words: "the file already has an
/// unpromoted pawn of yours". Any move whose squares are on the board may be asked about.
Result<void> check_legality(const Position& position, Move move);

}  // namespace keisei::shogi

#pragma once

#include "rl/encoding/position_batch.h"
#include "shogi/move.h"
#include "shogi/position.h"

namespace keisei::rl {

/// Appends a position to a batch, its legal moves in their order. `occurrences` and `max_plies` as
/// in encode_planes(). Precondition: the batch was cleared for one more position at least.
void encode_position(const shogi::Position& position, const shogi::MoveList& legal_moves,
                     int occurrences, int max_plies, PositionBatch& batch);

}  // namespace keisei::rl

#include "rl/encoding/encode_position.h"

#include "rl/encoding/encoding.h"

namespace keisei::rl {

void encode_position(const shogi::Position& position, const shogi::MoveList& legal_moves,
                     int occurrences, int max_plies, PositionBatch& batch) {
  encode_planes(position, occurrences, max_plies, batch.next_planes());
  for (const shogi::Move move : legal_moves) {
    batch.actions.push_back(action_of(move, position.side_to_move()));
  }
  batch.end_position();
}

}  // namespace keisei::rl

#include "archive/replay.h"

#include "shogi/usi.h"

namespace keisei::archive {

Replay replay_of(const protocol::GameFinished& game) {
  Replay replay;
  const auto start = shogi::Position::from_sfen(game.start_sfen);
  if (!start) return replay;
  replay.start = *start;
  shogi::Position position = *start;
  replay.moves.reserve(game.moves.size());
  for (const auto& usi : game.moves) {
    const auto move = shogi::parse_usi(usi, position);
    if (!move) break;
    replay.moves.push_back(*move);
    position.do_move(*move);
  }
  return replay;
}

}  // namespace keisei::archive

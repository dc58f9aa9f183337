#pragma once

#include <optional>
#include <vector>

#include "protocol/telemetry.h"
#include "shogi/position.h"

namespace keisei::studio {

/// A finished game whose moves follow the rules, with as much of its result as they bear out.
struct PlayedGame {
  const protocol::GameFinished* told;  // what it was read from; it outlives this
  shogi::Position start;
  std::vector<shogi::Move> moves;
  /// None for a draw, and for a winner that the reason or the last position denies.
  std::optional<shogi::Color> winner;
  bool is_mate;  // by the last move, and the trainer says so
};

/// None if a move is against the rules or the start cannot be read.
std::optional<PlayedGame> read_game(const protocol::GameFinished& finished);

/// After each move: visit(position, move, who played it, moves played so far). Until it says false.
template <class Visit>
void each_position(const PlayedGame& game, Visit visit) {
  shogi::Position position = game.start;
  for (std::size_t i = 0; i < game.moves.size(); ++i) {
    const shogi::Color mover = position.side_to_move();
    position.do_move(game.moves[i]);
    if (!visit(position, game.moves[i], mover, static_cast<int>(i) + 1)) return;
  }
}

}  // namespace keisei::studio

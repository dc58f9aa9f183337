#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "protocol/messages.h"
#include "shogi/position.h"
#include "studio/game/taste.h"

namespace keisei::studio {

/// What is on screen: one position of one game, and how it came about.
struct Scene {
  GameLibrary::Game game;
  int ply = 0;
  shogi::Position position = shogi::Position::startpos();
  std::optional<shogi::Position> before;  // the last move; none in a game's first scene
  std::optional<shogi::Move> move;
  std::optional<shogi::Square> last_to;  // where the move before that went
  bool joined = false;                   // the game is shown from its middle; first scene only
  bool over = false;                     // the position is the game's last
  bool looks_back = false;               // the game was further on screen
  Reason why;                            // the game is on

  /// The PPO update after which the network played the last move; in a first scene, the next one.
  std::int64_t update() const { return decision().update; }
  /// When it did, by the trainer's clock.
  double played_at() const { return decision().played_at; }
  protocol::SceneKind kind() const {
    using protocol::SceneKind;
    if (looks_back) return SceneKind::recap;
    if (over) return SceneKind::end;
    if (move) return SceneKind::move;
    return joined ? SceneKind::joined : SceneKind::start;
  }

  /// The move that comes next in the game is played. Precondition: it is known.
  void play();

 private:
  const Decision& decision() const { return *game->decision(move ? ply - 1 : ply); }
};

/// A game after so many moves; as a first scene, without the move that led there.
/// Precondition: the game can show it.
Scene first_scene(GameLibrary::Game game, int ply, const Reason& why);
/// The same with that move. Precondition: it is known.
Scene look_back(GameLibrary::Game game, int ply, const Reason& why);

}  // namespace keisei::studio

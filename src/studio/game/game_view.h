#pragma once

#include <chrono>

#include "protocol/messages.h"
#include "studio/game/commentary.h"
#include "studio/game/director.h"
#include "studio/game/move_facts.h"

namespace keisei::studio {

/// The scene as viewers' messages. Nothing in them tells the move that will be played next.
class GameView {
 public:
  explicit GameView(const Content& content) : commentary_(content) {}

  const Commentary& commentary() const { return commentary_; }

  protocol::GameState game_state(const Scene& scene, const SceneFacts& facts,
                                 std::chrono::milliseconds per_move, protocol::Level level,
                                 protocol::Language language) const;
  /// When nothing is on: the start position of no game.
  static protocol::GameState no_game(std::chrono::milliseconds per_move);
  /// After a game's last move there is nothing to predict: the list is empty.
  protocol::MovePredictions move_predictions(const Scene& scene, const SceneFacts& facts,
                                             protocol::Level level,
                                             protocol::Language language) const;

 private:
  Commentary commentary_;
};

}  // namespace keisei::studio

#pragma once

#include <optional>

#include "protocol/messages.h"
#include "studio/game/commentary.h"
#include "studio/game/director.h"

namespace keisei::studio {

/// The scene as viewers' messages. Nothing in them tells the move that will be played next.
class GameView {
 public:
  explicit GameView(const Content& content) : commentary_(content) {}

  protocol::GameState game_state(const Scene& scene, std::chrono::milliseconds per_move,
                                 protocol::Level level, protocol::Language language) const;
  /// After a game's last move there is nothing to predict: the list is empty.
  protocol::MovePredictions move_predictions(const Scene& scene, protocol::Level level,
                                             protocol::Language language) const;
  /// None if the trainer captured none for this position: nothing is claimed then.
  std::optional<protocol::SeAttention> se_attention(const Scene& scene,
                                                    protocol::Level level) const;

 private:
  Commentary commentary_;
};

}  // namespace keisei::studio

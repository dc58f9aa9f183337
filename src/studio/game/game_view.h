#pragma once

#include <chrono>
#include <optional>

#include "protocol/messages.h"
#include "studio/forecast/verdict_words.h"
#include "studio/game/commentary.h"
#include "studio/game/director_words.h"
#include "studio/game/move_facts.h"

namespace keisei::studio {

/// How a scene is shown, beside what it is.
struct Showing {
  std::chrono::milliseconds per_move;
  protocol::Number next_at{};  // when another comes, in seconds since the epoch
  bool is_held = false;        // by the operator
  std::optional<protocol::DramaKind> drama{};
};

/// The scene as viewers' messages. Nothing in them tells the move that will be played next, nor how
/// long the game is or who wins it before its end.
class GameView {
 public:
  explicit GameView(const Content& content)
      : openings_(content.openings()),
        commentary_(content),
        words_(content),
        verdict_words_(content) {}

  const Commentary& commentary() const { return commentary_; }
  Keys keys() const { return commentary_.keys() + words_.keys() + VerdictWords::keys(); }

  protocol::GameState game_state(const Scene& scene, const SceneFacts& facts,
                                 const Showing& showing, protocol::Level level,
                                 protocol::Language language) const;
  /// When nothing is on: the start position of no game.
  static protocol::GameState no_game(std::chrono::milliseconds per_move);
  /// After a game's last move there is nothing to predict: the list is empty.
  protocol::MovePredictions move_predictions(const Scene& scene, const SceneFacts& facts,
                                             protocol::Level level,
                                             protocol::Language language) const;

 private:
  std::optional<protocol::Forecast> forecast_of(const Scene& scene, const SceneFacts& facts,
                                                protocol::Level level,
                                                protocol::Language language) const;

  const shogi::Openings& openings_;
  Commentary commentary_;
  DirectorWords words_;
  VerdictWords verdict_words_;
};

}  // namespace keisei::studio

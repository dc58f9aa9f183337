#pragma once

#include <cstdint>
#include <span>

#include "rl/encoding/position_batch.h"
#include "shogi/game.h"

namespace keisei::rl {

/// One ply of environment 0, told before the move is made. Spans live as long as the call.
struct FeaturedMove {
  const shogi::Game& game;
  std::int64_t game_number;                  // of this environment, 1-based
  std::span<const std::int32_t> actions;     // legal, in the mover's frame
  std::span<const float> log_probabilities;  // of them
  int chosen;                                // index among them
  double expected_result;  // for the mover, -1..1, of the game: neither discounted nor shaped
  const ActivationMap* activation;  // null unless it was wanted
};

/// Watches environment 0 while it plays. Called on the thread that collects.
class FeaturedObserver {
 public:
  virtual ~FeaturedObserver() = default;
  virtual bool wants_activation() = 0;  // for the ply that comes next
  virtual void on_move(const FeaturedMove& move) = 0;
  virtual void on_game_finished(const shogi::Game& game, std::int64_t game_number) = 0;
};

}  // namespace keisei::rl

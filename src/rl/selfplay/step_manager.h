#pragma once

#include <span>

#include "rl/encoding/position_batch.h"
#include "rl/options.h"
#include "rl/random.h"
#include "rl/selfplay/environment.h"
#include "shogi/game.h"

namespace keisei::rl {

/// Steps a number of environments and says what each step was worth. Not thread-safe; threads step
/// environments of their own.
class StepManager {
 public:
  StepManager(const EnvironmentOptions& environment, const RewardOptions& reward, double gamma);

  struct Outcome {
    float reward = 0;        // for the player that moved
    bool game_over = false;  // the environment waits for reset_episode()
  };
  /// Plays the move: +1 for a win of the mover, -1 for a loss, 0 for a draw or no end. With shaping
  /// the reward also has -gamma * potential(after) - potential(before), each seen by the player to
  /// move there and 0 after the end, which changes no optimal policy (Ng, Harada and Russell,
  /// 1999).
  Outcome execute_step(Environment& environment, shogi::Move move) const;

  /// The next game of the environment.
  void reset_episode(Environment& environment) const;

  /// Appends the current position to a batch. Precondition: the game goes on.
  void encode(const Environment& environment, PositionBatch& batch) const;

  /// What the network thinks of the mover's prospects. Its value is that of the rewards to come:
  /// the result, discounted by gamma for each ply until then, and with shaping without the
  /// potential, which is added again here. In [-1, 1].
  double forecast(const shogi::Position& position, double value) const;

  shogi::Rules rules() const;

 private:
  double potential(const shogi::Position& position) const;

  EnvironmentOptions environment_;
  double coefficient_;
  double gamma_;
};

/// Draws one of the legal moves: the index among them. The probabilities are taken as shares of
/// their sum, which rounding keeps from being exactly 1. Precondition: at least one is positive.
int sample_move(std::span<const float> log_probabilities, Random& random);

}  // namespace keisei::rl

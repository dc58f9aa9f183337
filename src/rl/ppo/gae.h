#pragma once

#include <span>

namespace keisei::rl {

/// One ply of one environment. Everything is seen by its mover.
struct GaeStep {
  float reward = 0;
  float value = 0;
  bool game_over = false;  // the next step, if any, begins another game
};

/// Generalised advantage estimation (Schulman et al., 2016) for a zero-sum game of two players who
/// move in turn: what follows a ply is the opponent's, so it enters with a minus.
///
///   delta(t) = reward(t) - gamma * value(t + 1) - value(t)
///   advantage(t) = delta(t) - gamma * lambda * advantage(t + 1)
///
/// A game that is over has no next value: every end is a termination, the ply limit too, which is
/// a draw by the rules and visible to the network in its planes. A rollout that stops in the
/// middle of a game is a truncation: `value_after`, of the position after the last step and for the
/// player to move there, stands in for the rest.
///
/// Precondition: advantages.size() == steps.size(). The value targets are advantage + value.
void negamax_gae(std::span<const GaeStep> steps, float value_after, float gamma, float lambda,
                 std::span<float> advantages);

}  // namespace keisei::rl

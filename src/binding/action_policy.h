#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "hook/events/events.h"

/// What a move event says of a policy over the 13 527 actions of Keisei's networks.
///
/// A square is row * 9 + column, row 0 rank a, column 0 file 9. Board moves come first:
/// from * 160 + (to, without `from`) * 2 + promotion; then drops: 12960 + to * 7 + {P L N S G B R}.
namespace keisei::binding {

inline constexpr int kActions = 13527;
inline constexpr std::size_t kMostLegalMoves = 593;  // of any position that can be reached

/// Whose view the squares of an action are in.
enum class Frame {
  mover,  // rotated by 180 degrees when White moves, as the observation is
  board,  // Black's view for both
};

enum class PolicyKind {
  probabilities,      // sum to 1 over the legal actions
  log_probabilities,  // their logarithms
  logits,             // anything finite; made probabilities over the legal actions here
};

/// The move of an action, "7g7f"; `turned` for a White mover in the frame of the mover.
/// Precondition: 0 <= action < kActions.
hook::UsiText usi_of(int action, bool turned);

template <class Value>
struct ActionPolicy {
  std::span<const Value> values;        // [13527], float or double
  std::span<const std::uint8_t> legal;  // [13527], 0: illegal
  int chosen = 0;                       // the action that was played
  PolicyKind kind = PolicyKind::probabilities;
  bool turned = false;
};

/// Fills usi, probability, entropy, legal_moves, top and destinations of `event`. The error names
/// the argument as callers know it (policy, legal_mask, action), what was expected and what came;
/// `event` is then in part overwritten. Reads only the values of legal actions.
template <class Value>
Result<void> describe_policy(const ActionPolicy<Value>& policy, hook::MoveEvent& event);

extern template Result<void> describe_policy(const ActionPolicy<float>&, hook::MoveEvent&);
extern template Result<void> describe_policy(const ActionPolicy<double>&, hook::MoveEvent&);

}  // namespace keisei::binding

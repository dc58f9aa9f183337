#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/result.h"
#include "binding/action_numbering.h"
#include "hook/events/events.h"

/// What a move event says of a policy over the actions of Keisei's networks (action_numbering.h).
namespace keisei::binding {

inline constexpr std::size_t kMostLegalMoves = 593;  // of any position that can be reached

enum class PolicyKind {
  probabilities,      // sum to 1 over the legal actions
  log_probabilities,  // their logarithms
  logits,             // anything finite; made probabilities over the legal actions here
};

template <class Value>
struct ActionPolicy {
  std::span<const Value> values;        // one for each action: how many says how they are numbered
  std::span<const std::uint8_t> legal;  // as many, 0: illegal
  int chosen = 0;                       // the action that was played
  PolicyKind kind = PolicyKind::probabilities;
  bool turned = false;  // White's, in the frame of the mover
};

/// Fills usi, probability, entropy, legal_moves, top and destinations of `event`. The error names
/// the argument as callers know it (policy, legal_mask, action), what was expected and what came;
/// `event` is then in part overwritten. Reads only the values of legal actions.
template <class Value>
Result<void> describe_policy(const ActionPolicy<Value>& policy, hook::MoveEvent& event);

extern template Result<void> describe_policy(const ActionPolicy<float>&, hook::MoveEvent&);
extern template Result<void> describe_policy(const ActionPolicy<double>&, hook::MoveEvent&);

}  // namespace keisei::binding

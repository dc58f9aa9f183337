#pragma once

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>

#include "hook/events/events.h"

namespace keisei::hook {

/// A legal move as a policy sees it.
struct WeighedMove {
  double probability;
  double log_probability;  // anything for a move of probability 0
  int destination;         // a square in the board frame
};

/// A policy over the legal moves of one position, numbered from 0. `usi` is asked for the few moves
/// that are named only.
template <class Policy>
concept LegalPolicy = requires(const Policy& policy, std::size_t index) {
  { policy.size() } -> std::convertible_to<std::size_t>;
  { policy.weigh(index) } -> std::same_as<WeighedMove>;
  { policy.usi(index) } -> std::convertible_to<UsiText>;
};

/// Fills in what a move event says of the policy that it was drawn from: usi, probability, entropy,
/// legal_moves, top and destinations. The probabilities sum to 1; `chosen` is the move that was
/// played.
template <LegalPolicy Policy>
void fill_from_policy(const Policy& policy, std::size_t chosen, MoveEvent& event) {
  struct Best {
    std::size_t index;
    double probability;
  };
  std::array<Best, kTopMoves> best{};
  std::size_t best_count = 0;
  double entropy = 0;
  event.destinations.fill(0);
  for (std::size_t i = 0; i < policy.size(); ++i) {
    const auto [p, log_p, destination] = policy.weigh(i);
    if (p > 0) entropy -= p * log_p;
    if (i == chosen) event.probability = static_cast<float>(p);
    event.destinations[static_cast<std::size_t>(destination)] += static_cast<float>(p);
    // Insertion into the few best so far; equal ones keep their order.
    std::size_t at = best_count;
    while (at > 0 && best[at - 1].probability < p) --at;
    if (at == best.size()) continue;
    best_count = std::min(best_count + 1, best.size());
    for (std::size_t j = best_count - 1; j > at; --j) best[j] = best[j - 1];
    best[at] = {i, p};
  }
  // Rounding may take a sum just over 1 and an entropy just under 0, which a showcase would refuse.
  for (float& mass : event.destinations) mass = std::min(mass, 1.0F);
  event.entropy = static_cast<float>(std::max(0.0, entropy));
  event.legal_moves = static_cast<std::int32_t>(policy.size());
  event.usi = policy.usi(chosen);
  event.top.count = 0;
  for (std::size_t i = 0; i < best_count; ++i) {
    event.top.add({policy.usi(best[i].index), static_cast<float>(best[i].probability)});
  }
}

}  // namespace keisei::hook

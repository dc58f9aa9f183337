#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "rl/encoding/encoding.h"
#include "shogi/move.h"

namespace keisei::rl {

/// Positions ready for the network: planes and legal actions of `size` movers. The legal actions
/// lie one after another; those of position i are [offsets[i], offsets[i + 1]).
/// Made once and filled again and again: after the first `clear()` with the largest capacity
/// nothing is allocated, however many moves the positions have.
struct PositionBatch {
  std::vector<float> planes;  // [size, 81, 46]
  std::vector<std::int32_t> offsets{0};
  std::vector<std::int32_t> actions;

  int size() const { return static_cast<int>(offsets.size()) - 1; }

  void clear(int capacity) {
    const auto positions = static_cast<std::size_t>(capacity);
    planes.resize(positions * kPlaneFloats);
    offsets.reserve(positions + 1);
    offsets.assign(1, 0);
    actions.reserve(positions * shogi::MoveList::kMostLegalMoves);
    actions.clear();
  }

  /// Room for the planes of the next position; finish it with `end_position()`.
  std::span<float> next_planes() {
    return {planes.data() + static_cast<std::size_t>(size()) * kPlaneFloats, kPlaneFloats};
  }
  void end_position() { offsets.push_back(static_cast<std::int32_t>(actions.size())); }
};

/// What the last residual block did with one position, in the mover's frame.
struct ActivationMap {
  std::array<float, kSquares> activity{};  // sum over channels of gate * |activation|
  std::vector<float> gates;                // one per channel, 0..1
};

/// The network's answer to a PositionBatch.
struct PolicyOutput {
  std::vector<float> log_probabilities;  // of the legal actions, laid out like batch.actions
  std::vector<float> values;             // for the mover, -1..1
  ActivationMap activation;              // of position 0, only if it was asked for
};

}  // namespace keisei::rl

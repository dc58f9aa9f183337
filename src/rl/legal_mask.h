#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "rl/encoding.h"

namespace keisei::rl {

/// Which of all actions are legal, one byte each: 1 or 0. Made once and set again and again: only
/// what the last position set is cleared, and nothing is allocated.
class LegalMask {
 public:
  void set(const shogi::MoveList& moves, shogi::Color mover) {
    put(0);
    legal_ = moves.size();
    actions_of({moves.begin(), legal_}, mover, actions_);
    put(1);
  }

  std::span<const std::uint8_t, kActions> entries() const { return entries_; }

 private:
  void put(std::uint8_t value) {
    const std::size_t legal = legal_;  // which the compiler cannot know to stay as it is
#pragma GCC unroll 8
    for (std::size_t i = 0; i < legal; ++i) entries_[actions_[i]] = value;
  }

  std::array<std::uint8_t, kActions> entries_{};
  std::array<std::uint16_t, shogi::MoveList::kMostLegalMoves> actions_;
  std::size_t legal_ = 0;
};

}  // namespace keisei::rl

#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "rl/encoding/encoding.h"

namespace keisei::rl {

/// Which of all actions are legal, one byte each: 1 or 0. Made once and set again and again: only
/// what the last position set is cleared, and nothing is allocated.
class LegalMask {
 public:
  void set(const shogi::MoveList& moves, shogi::Color mover) {
    put(0);
    legal_ = moves.size();
    actions_of({moves.begin(), legal_}, mover, actions_);
    std::fill_n(actions_.begin() + static_cast<std::ptrdiff_t>(legal_), kBlock, kNone);
    put(1);
  }

  std::span<const std::uint8_t, kActions> entries() const {
    return std::span(entries_).first<kActions>();
  }

 private:
  // Actions are written in whole blocks, the last of which is filled up with an entry that nobody
  // sees.
  static constexpr std::size_t kBlock = 8;
  static constexpr std::uint16_t kNone = kActions;

  void put(std::uint8_t value) {
    const std::size_t legal = legal_;  // which the compiler cannot know to stay as it is
    for (std::size_t begin = 0; begin < legal; begin += kBlock) {
#pragma GCC unroll 8
      for (std::size_t i = 0; i < kBlock; ++i) entries_[actions_[begin + i]] = value;
    }
  }

  std::array<std::uint8_t, kActions + 1> entries_{};
  std::array<std::uint16_t, shogi::MoveList::kMostLegalMoves + kBlock> actions_;
  std::size_t legal_ = 0;
};

}  // namespace keisei::rl

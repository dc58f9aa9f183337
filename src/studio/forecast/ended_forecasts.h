#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

#include "protocol/types.h"

namespace keisei::studio {

/// What was forecast of a game that has ended, as far as it is held against the result: the
/// positions a quarter, half and three quarters of its moves in. More would say little more, since
/// the positions of one game share its result.
struct EndedForecasts {
  static constexpr std::size_t kPositions = 3;
  static constexpr std::size_t kHalfway = 1;

  std::string game_id;
  std::array<protocol::Number, kPositions> raw;  // the network's, for Black, 0 to 1
  double score;                                  // Black's: 1, 0.5 or 0

  static int ply_of(std::size_t position, int plies) {
    return plies * (static_cast<int>(position) + 1) / 4;
  }
  bool is_draw() const { return score == 0.5; }
  /// Whether anything was forecast.
  bool is_known() const {
    return std::any_of(raw.begin(), raw.end(), [](const auto& one) { return one.has_value(); });
  }
};

}  // namespace keisei::studio

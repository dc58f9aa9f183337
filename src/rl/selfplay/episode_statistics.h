#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "shogi/game.h"

namespace keisei::rl {

/// How the games of a period ended. Sums over environments and periods are plain additions.
struct EpisodeStatistics {
  static constexpr std::size_t kReasons = 8;  // of shogi::EndReason

  std::int64_t games = 0;
  std::int64_t plies = 0;
  std::int64_t black_wins = 0;
  std::int64_t white_wins = 0;
  std::array<std::int64_t, kReasons> ended_by{};

  void add(const shogi::Game& finished);
  EpisodeStatistics& operator+=(const EpisodeStatistics& other);
};

}  // namespace keisei::rl

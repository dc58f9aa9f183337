#pragma once

#include <cstdint>
#include <optional>

#include "studio/health/update_history.h"

namespace keisei::studio {

/// How the games went that ended during the newest few updates.
struct RecentGames {
  int updates = 0;  // over how many
  std::int64_t games = 0;
  std::int64_t black = 0;  // won by
  std::int64_t white = 0;
  double plies = 0;

  std::int64_t decided() const { return black + white; }
  std::int64_t drawn() const { return games - decided(); }
  double mean_length() const { return plies / static_cast<double>(games); }
};

/// Of as many updates, back from the newest and without a gap, as tell it: at most those that
/// sentences speak of. None if they are too few for a statement, or if no game ended.
std::optional<RecentGames> recent_games(const UpdateHistory& history);

}  // namespace keisei::studio

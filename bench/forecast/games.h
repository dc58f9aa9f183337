#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "protocol/types.h"

/// A game that has ended, and what its network forecast.
struct ForecastGame {
  std::string id;
  std::int64_t update;                        // of the network
  double score;                               // Black's: 1, 0.5 or 0
  std::vector<keisei::protocol::Number> raw;  // of each position: the mean of two plies, for Black
};
using ForecastGames = std::vector<ForecastGame>;

/// The featured games of a show, oldest first: of the newest run in its store (`.db`, the newest
/// 320), or of all runs in a recording of it (`.rec`).
keisei::Result<ForecastGames> read_games(const std::string& path);

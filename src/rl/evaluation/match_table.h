#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "rl/evaluation/rating.h"
#include "rl/selfplay/match_score.h"

namespace keisei::rl {

/// Two players of a run and how they did against each other. A player goes by the number of updates
/// behind it.
struct Match {
  std::int64_t first = 0, second = 0;
  MatchScore score;  // of the first
};

/// Stands for the uniformly random mover among the players.
inline constexpr std::int64_t kRandomMover = -1;

/// All matches of a run, in a file: `matches.csv`.
class MatchTable {
 public:
  /// Reads what the folder has of players up to `latest_update`; lines that make no sense are
  /// passed over.
  MatchTable(const std::string& directory, std::int64_t latest_update);

  const std::vector<Match>& matches() const { return matches_; }
  /// An error if it could not be written; it counts all the same.
  Result<void> add(const Match& match);

  /// By the latest matches; the random mover has 0. Precondition: the player has played.
  Rating rate(std::int64_t player) const;

 private:
  std::string path_;
  std::vector<Match> matches_;
};

}  // namespace keisei::rl

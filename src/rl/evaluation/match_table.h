#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

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

/// The matches of a run, all of them in a file, `matches.csv`; the latest count.
class MatchTable {
 public:
  /// So many, so that a run of weeks takes no more memory and time than one of days. With three
  /// opponents and the random mover in each evaluation they are of the latest 128.
  static constexpr std::size_t kMost = 512;

  /// Reads what the folder has of players up to `latest_update`; lines that make no sense are
  /// passed over.
  MatchTable(const std::string& directory, std::int64_t latest_update);

  /// The latest, oldest first.
  const std::deque<Match>& matches() const { return matches_; }
  /// An error if it could not be written; it counts all the same.
  Result<void> add(const Match& match);

  /// By the latest; the random mover has 0. Precondition: the player has played.
  Rating rate(std::int64_t player) const;

 private:
  void count(const Match& match);

  std::string path_;
  std::deque<Match> matches_;
};

}  // namespace keisei::rl

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "rl/selfplay/match_score.h"

namespace keisei::rl {

/// Earlier networks of a run, as weights in a folder, and the matches between them, in a file next
/// to them: `network-<update>.weights`, `matches.csv`. What a run that is resumed finds there is
/// its own past.
class SnapshotPool {
 public:
  /// Stands for the uniformly random mover among the players, who otherwise are update numbers.
  static constexpr std::int64_t kRandomMover = -1;

  struct Match {
    std::int64_t first = 0, second = 0;
    MatchScore score;  // of the first
  };

  /// Creates the folder and reads what it holds of networks up to `latest_update`; lines that make
  /// no sense are passed over. Keeps at most `most` networks.
  SnapshotPool(std::string directory, int most, std::int64_t latest_update);

  /// Oldest first.
  const std::vector<std::int64_t>& updates() const { return updates_; }
  Result<std::string> weights(std::int64_t update) const;
  /// Adds a network that is newer than all others and may drop one: see thin_out().
  Result<void> add(std::int64_t update, const std::string& weights);
  /// Gives up a network that turned out to be no use.
  void drop(std::int64_t update);

  const std::vector<Match>& matches() const { return matches_; }
  Result<void> record(const Match& match);

 private:
  std::string path_of(std::int64_t update) const;

  std::string directory_;
  int most_;
  std::vector<std::int64_t> updates_;
  std::vector<Match> matches_;
};

}  // namespace keisei::rl

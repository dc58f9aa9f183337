#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "base/result.h"
#include "rl/evaluation/anchors.h"
#include "rl/evaluation/rating.h"
#include "rl/selfplay/match_score.h"

namespace keisei::rl {

/// Two players of a run and how they did against each other. A player goes by the number of updates
/// behind it.
struct Match {
  std::int64_t first = 0, second = 0;
  MatchScore score;  // of the first
};

/// Stands for a player that never learns among the players.
constexpr std::int64_t player_of(Anchor anchor) { return -1 - static_cast<int>(anchor); }
inline constexpr std::int64_t kRandomMover = player_of(Anchor::random_mover);

/// Of a network, and of the anchors on the same scale.
struct Ratings {
  Rating network;
  std::array<Rating, kAnchorCount> anchors{};
};

/// The matches of a run, all of them in a file, `matches.csv`; the latest count. The file is only
/// ever added to: before the first match of a run that goes on from an earlier update this is
/// noted, so that matches of the future that was given up count no more whenever the file is read.
class MatchTable {
 public:
  /// So many, so that a run of weeks takes no more memory and time than one of days. With four
  /// in each evaluation they are of the latest 128.
  static constexpr std::size_t kMost = 512;

  /// Reads what the folder has; matches of players beyond `latest_update` are of a future that was
  /// given up. Lines that make no sense are passed over, and of the matches that an older program
  /// played anew after a resume, with the very same games, one counts.
  MatchTable(const std::string& directory, std::int64_t latest_update);

  /// The latest, oldest first.
  const std::deque<Match>& matches() const { return matches_; }
  /// How often the two have met, in futures that were given up too. Seeds are to differ by it: the
  /// same games again would say nothing new. Precondition: the first is not older than the first of
  /// the match that was added last, nor than the latest update; others are no longer known.
  int meetings(std::int64_t first, std::int64_t second) const;
  /// An error if it could not be written; it counts all the same.
  Result<void> add(const Match& match);

  /// How many of the latest matches were against it.
  int matches_against(Anchor anchor) const;

  /// By the latest, and by what anchors have played among themselves (anchors.h); the random mover
  /// has 0. Precondition: the player has played.
  Ratings rate(std::int64_t player, std::span<const Pairing> among_anchors = {}) const;

 private:
  void read(const std::string& line);
  bool forget_beyond(std::int64_t update);
  void forget_before(std::int64_t update);

  std::string path_;
  std::deque<Match> matches_;
  std::optional<std::int64_t> to_be_noted_;  // the update that the run went on from
  std::map<std::pair<std::int64_t, std::int64_t>, int> meetings_;
};

}  // namespace keisei::rl

#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "store/entries.h"
#include "store/kept_updates.h"
#include "store/store_error.h"

namespace keisei::store {

/// A run as far as it is kept, for a studio that takes it up again.
struct RunMemory {
  /// The newest so many of them.
  static constexpr std::size_t kMostGames = 4096;
  /// So many of the newest come with their moves, and so many of those that have not ended.
  static constexpr std::size_t kGamesWithMoves = 320;
  static constexpr std::size_t kOpenGames = 16;

  protocol::RunStarted run;
  int segment = 1;                 // the newest
  std::int64_t games = 0;          // finished ones of the featured environment
  std::int64_t game_number = 0;    // of the latest of them
  bool is_whole = true;            // none of them was missed, from the first on
  KeptUpdates updates;             // all, in the order in which they were learned
  std::vector<KeptGame> finished;  // the newest kMostGames, oldest first
  std::vector<KeptMove> moves;     // of the newest kGamesWithMoves, and of unfinished games
  std::vector<KeptEvaluation> evaluations;
  std::vector<KeptMilestone> milestones;
};

/// Null: nothing is known of the run. An error: nobody knows whether anything is.
using RecalledRun = Stored<std::shared_ptr<const RunMemory>>;

}  // namespace keisei::store

#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "archive/milestone_search.h"
#include "archive/search.h"
#include "protocol/telemetry.h"
#include "store/entries.h"
#include "store/game_traits.h"
#include "store/packed_thoughts.h"
#include "store/store_error.h"

namespace SQLite {
class Database;
}

namespace keisei::archive {

/// A game of a list: without its moves.
struct ListedGame {
  std::string run_id;
  std::string run_name;  // empty: not known
  int segment = 1;
  int plies = 0;
  protocol::GameFinished game{};  // its start and moves are left out
  store::GameTraits traits;
};

struct Page {
  std::vector<ListedGame> games;
  std::optional<Place> next;  // there is more behind it
};

struct MilestonePage {
  std::vector<store::KeptMilestone> milestones;
  std::optional<std::int64_t> next;  // there is more behind it
};

/// All that is kept of a game.
struct KeptGame {
  std::string run_id;
  std::string run_name;  // empty: not known
  int segment = 1;
  protocol::GameFinished game{};
  store::Thoughts thoughts;  // one for each move
};

/// The show's database at one moment, through a connection of its own that cannot write and brings
/// nothing back (docs/adr/0010). For one thread. A failure is the operator's to hear, not a
/// client's: it names the file.
class ArchiveFile {
 public:
  /// How much SQLite may do for one question, in its own small steps: half a second or so, in which
  /// it looks at several million games.
  static constexpr int kMostSteps = 60'000'000;

  /// The file was opened by this program's store, and so is of this version.
  static store::Stored<ArchiveFile> open(const std::string& path, int most_steps = kMostSteps);
  ArchiveFile(ArchiveFile&&) noexcept;
  ~ArchiveFile();

  /// None: it would take more than the most steps.
  store::Stored<std::optional<Page>> find(const Search& search);
  /// None if there is no such game, or none that has ended. Of several under one id, the last, or
  /// the last that had ended by a time, to the millisecond.
  store::Stored<std::optional<KeptGame>> game(const std::string& run_id, const std::string& game_id,
                                              std::optional<double> ended_by = std::nullopt);
  /// Whether moves of such a game are kept, but not its end.
  store::Stored<bool> is_being_played(const std::string& run_id, const std::string& game_id);
  store::Stored<MilestonePage> milestones(const MilestoneSearch& search);

 private:
  struct Allowance {
    int steps_left;
  };
  ArchiveFile(std::string path, std::unique_ptr<SQLite::Database> database, int most_steps);

  std::optional<std::int64_t> row_of_run(const std::string& run_id);
  Page page(const Search& search);
  ListedGame listed(std::int64_t row);
  MilestonePage milestone_page(const MilestoneSearch& search);

  std::string path_;
  std::unique_ptr<Allowance> allowance_;
  std::unique_ptr<SQLite::Database> database_;
};

}  // namespace keisei::archive

#pragma once

#include <boost/describe/enum.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "store/entries.h"
#include "store/game_traits.h"

namespace SQLite {
class Database;
}

namespace keisei::store {

/// What became of an entry.
BOOST_DEFINE_ENUM_CLASS(Outcome, kept,
                        known,  // it was kept before: nothing has changed
                        lost)   // it could not be written

/// Writes entries into the tables, each once however often it is told. For the thread that owns the
/// database; within a transaction of the caller's.
class Ledger {
 public:
  /// Of a database of the newest version, which outlives the ledger.
  explicit Ledger(SQLite::Database& database, ReadTraits read_traits = {});
  ~Ledger();

  /// Throws SQLite::Exception; then the transaction is to be rolled back.
  Outcome enter(const Entry& entry);
  /// The transaction came to nothing: what was looked up in it may not be there.
  void forget();

 private:
  struct Statements;
  struct OpenGame {
    std::int64_t run;
    std::string game_id;
    std::int64_t id;
  };

  Outcome enter(const KeptRun& kept);
  Outcome enter(const KeptUpdate& kept);
  Outcome enter(const KeptMove& kept);
  Outcome enter(const KeptGame& kept);
  Outcome enter(const KeptEvaluation& kept);
  Outcome enter(const KeptCheckpoint& kept);
  Outcome enter(const KeptMilestone& kept);

  std::int64_t row_of_run(const std::string& run_id);
  std::int64_t row_of_metric_set(const std::string& names);
  std::int64_t row_of_open_game(std::int64_t run, const std::string& game_id);
  void reach_segment(std::int64_t run, int segment);
  /// Of the games that ended under this id, those in which this was played there: the thought goes
  /// to them. None if there is no such game.
  std::optional<Outcome> enter_late(std::int64_t run, const KeptMove& kept);
  std::optional<std::string> thoughts_of(std::int64_t run, const protocol::GameFinished& game);

  ReadTraits read_traits_;
  std::unique_ptr<Statements> statements_;
  // The latest that were looked up.
  std::optional<std::pair<std::string, std::int64_t>> run_;
  std::optional<std::pair<std::string, std::int64_t>> metric_set_;
  std::optional<OpenGame> open_game_;
};

}  // namespace keisei::store

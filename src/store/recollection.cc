#include "store/recollection.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include <algorithm>
#include <cstddef>
#include <utility>

#include "protocol/codec.h"
#include "store/execution.h"
#include "store/packed_moves.h"
#include "store/packed_thoughts.h"
#include "store/reading.h"
#include "store/standard_start.h"

namespace keisei::store {
namespace {

/// Reads one run.
class Recollection {
 public:
  explicit Recollection(SQLite::Database& database) : database_(database) {}

  std::shared_ptr<const RunMemory> of(const std::optional<std::string>& run_id) {
    if (!find(run_id)) return nullptr;
    read_updates();
    read_games();
    read_open_games();
    read_evaluations();
    read_milestones();
    return std::make_shared<const RunMemory>(std::move(memory_));
  }

 private:
  // Of the newest run, what it is must be known.
  bool find(const std::optional<std::string>& run_id) {
    SQLite::Statement select(database_,
                             std::string("SELECT id, run_id, run_started, segment, games, "
                                         "latest_number, whole FROM runs ") +
                                 (run_id ? "WHERE run_id = ?"
                                         : "WHERE run_started IS NOT NULL "
                                           "ORDER BY heard DESC LIMIT 1"));
    Execution row(select);
    if (run_id) row.with(*run_id);
    if (!row.step()) return false;
    run_ = row.whole(0);
    memory_.run.run_id = row.bytes(1);
    if (auto run = protocol::decode<protocol::RunStarted>(row.bytes(2))) memory_.run = *run;
    memory_.segment = static_cast<int>(row.whole(3));
    memory_.games = row.whole(4);
    memory_.game_number = row.whole(5);
    memory_.is_whole = row.whole(6) != 0;
    return true;
  }

  void read_updates() {
    SQLite::Statement select(database_,
                             "SELECT number, emitted_at, segment, global_step, games, names, "
                             "metrics FROM updates JOIN metric_sets ON metric_sets.id = metric_set "
                             "WHERE run = ? ORDER BY updates.id");
    Execution row(select);
    for (row.with(run_); row.step();) {
      const protocol::TrainerMetrics bare{
          row.whole(0), row.whole(3), row.whole(4), row.real(1), {}};
      memory_.updates.push_back({memory_.run.run_id, static_cast<int>(row.whole(2)), bare},
                                row.bytes(5), row.bytes(6));
    }
  }

  void read_games() {
    SQLite::Statement select(database_,
                             "SELECT game_id, segment, number, of_update, start_sfen, winner, "
                             "reason, emitted_at, moves, thoughts FROM games "
                             "LEFT JOIN thoughts ON game = id "
                             "WHERE run = ? ORDER BY id DESC LIMIT ?");
    Execution row(select);
    row.with(run_).with(static_cast<std::int64_t>(RunMemory::kMostGames));
    std::vector<std::string> thoughts;  // of those to show, newest first
    while (row.step()) {
      protocol::GameFinished game;
      game.game_id = row.bytes(0);
      game.game_number = row.whole(2);
      game.update = row.whole(3);
      game.start_sfen = row.is_null(4) ? std::string(kStandardStart) : row.bytes(4);
      game.winner = enumerator_of<protocol::Side>(row.bytes(5));
      game.reason = enumerator_of<protocol::EndReason>(row.bytes(6)).value_or(game.reason);
      game.emitted_at = row.real(7);
      game.moves = unpack_moves(row.bytes(8));
      if (thoughts.size() < RunMemory::kGamesWithMoves) thoughts.push_back(row.bytes(9));
      memory_.finished.push_back(
          {memory_.run.run_id, static_cast<int>(row.whole(1)), std::move(game)});
    }
    for (std::size_t i = thoughts.size(); i-- > 0;) {
      add_moves(memory_.finished[i].game, thoughts[i]);
    }
    std::reverse(memory_.finished.begin(), memory_.finished.end());
  }

  void add_moves(const protocol::GameFinished& game, const std::string& packed) {
    const Thoughts thoughts = unpack_thoughts(packed, game.moves.size());
    for (std::size_t ply = 0; ply < thoughts.size(); ++ply) {
      if (!thoughts[ply]) continue;
      memory_.moves.push_back(move_of(*thoughts[ply], memory_.run.run_id, game.game_id,
                                      static_cast<int>(ply), game.moves[ply]));
    }
  }

  void read_open_games() {
    SQLite::Statement select(
        database_,
        "SELECT game_id, ply, usi, thought FROM open_moves JOIN (SELECT id, game_id FROM "
        "open_games WHERE run = ? ORDER BY id DESC LIMIT ?) AS newest ON newest.id = game "
        "ORDER BY game, ply");
    Execution row(select);
    row.with(run_).with(static_cast<std::int64_t>(RunMemory::kOpenGames));
    while (row.step()) {
      memory_.moves.push_back(move_of(unpack_thought(row.bytes(3)), memory_.run.run_id,
                                      row.bytes(0), static_cast<int>(row.whole(1)), row.bytes(2)));
    }
  }

  void read_evaluations() {
    SQLite::Statement select(
        database_,
        "SELECT segment, evaluation_finished FROM evaluations WHERE run = ? ORDER BY id");
    Execution row(select);
    for (row.with(run_); row.step();) {
      const auto evaluation = protocol::decode<protocol::EvaluationFinished>(row.bytes(1));
      if (!evaluation) continue;
      memory_.evaluations.push_back(
          {memory_.run.run_id, static_cast<int>(row.whole(0)), *evaluation});
    }
  }

  void read_milestones() {
    SQLite::Statement select(database_,
                             "SELECT key, number, reached_at, value, game_id, game_number, ply, "
                             "side FROM milestones WHERE run = ? ORDER BY id");
    Execution row(select);
    for (row.with(run_); row.step();) {
      KeptMilestone milestone{memory_.run.run_id, row.bytes(0), row.whole(1), {}, {}, {},
                              row.real(2)};
      if (!row.is_null(3)) milestone.value = row.real(3);
      if (!row.is_null(4)) milestone.game_id = row.bytes(4);
      if (!row.is_null(5)) milestone.game_number = row.whole(5);
      if (!row.is_null(6)) milestone.ply = static_cast<int>(row.whole(6));
      milestone.side = enumerator_of<protocol::Side>(row.bytes(7));
      memory_.milestones.push_back(std::move(milestone));
    }
  }

  SQLite::Database& database_;
  std::int64_t run_ = 0;
  RunMemory memory_{};
};

}  // namespace

RecalledRun recollect(const std::string& path, const std::optional<std::string>& run_id) {
  try {
    const auto database = open_for_reading(path);
    SQLite::Transaction one_moment(*database);
    return Recollection(*database).of(run_id);
  } catch (const SQLite::Exception& failure) {
    return tl::unexpected(error_of(failure, path));
  }
}

}  // namespace keisei::store

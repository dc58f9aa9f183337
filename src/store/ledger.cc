#include "store/ledger.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

#include <utility>
#include <vector>

#include "protocol/codec.h"
#include "store/execution.h"
#include "store/packed_metrics.h"
#include "store/packed_moves.h"
#include "store/packed_thoughts.h"
#include "store/standard_start.h"

namespace keisei::store {
namespace {

constexpr std::uint64_t kFnvStart = 0xCBF29CE484222325;  // FNV-1a
std::uint64_t hashed(std::uint64_t hash, std::string_view bytes) {
  for (const char byte : bytes) hash = (hash ^ static_cast<unsigned char>(byte)) * 0x100000001B3U;
  return (hash ^ 0xFFU) * 0x100000001B3U;  // where one text ends
}

// Not the time: the studio counts a game that is told at another time as the same.
std::int64_t identity_of(const protocol::GameFinished& game, const std::string& moves) {
  std::uint64_t hash = hashed(hashed(kFnvStart, game.start_sfen), moves);
  hash = hashed(hash, game.winner ? to_string(*game.winner) : std::string_view{});
  return static_cast<std::int64_t>(hashed(hash, to_string(game.reason)));
}

// The envelope's time and number say nothing here.
template <class Message>
std::string json_of(const Message& message) {
  return protocol::encode(message, 0, 0);
}

Outcome outcome_of(int changed) { return changed > 0 ? Outcome::kept : Outcome::known; }

}  // namespace

struct Ledger::Statements {
  explicit Statements(SQLite::Database& of) : database(of) {}

  SQLite::Database& database;
  SQLite::Statement find_run{database, "SELECT id FROM runs WHERE run_id = ?"};
  SQLite::Statement add_run{database,
                            "INSERT INTO runs (run_id, run_started, heard, segment, games) "
                            "VALUES (?, ?, (SELECT ifnull(max(heard), 0) + 1 FROM runs), 1, 0) "
                            "ON CONFLICT (run_id) DO UPDATE SET "
                            "run_started = excluded.run_started, heard = excluded.heard"};
  SQLite::Statement reach_segment{database,
                                  "UPDATE runs SET segment = ?2 WHERE id = ?1 AND segment < ?2"};
  // A run that is resumed goes on from a lower number.
  SQLite::Statement count_game{database,
                               "UPDATE runs SET games = games + 1, latest_number = ?2, "
                               "whole = whole AND ?2 <= latest_number + 1 WHERE id = ?1"};
  SQLite::Statement find_metric_set{database, "SELECT id FROM metric_sets WHERE names = ?"};
  SQLite::Statement add_metric_set{database, "INSERT INTO metric_sets (names) VALUES (?)"};
  SQLite::Statement add_update{database,
                               "INSERT INTO updates (run, number, emitted_at, segment, "
                               "global_step, games, metric_set, metrics) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                               "ON CONFLICT (run, number, emitted_at) DO NOTHING"};
  SQLite::Statement find_games{
      database,
      "SELECT id, moves, thoughts FROM games LEFT JOIN thoughts ON game = id "
      "WHERE run = ? AND game_id = ?"};
  SQLite::Statement set_thoughts{database,
                                 "INSERT INTO thoughts (game, thoughts) VALUES (?, ?) "
                                 "ON CONFLICT (game) DO UPDATE SET thoughts = excluded.thoughts"};
  SQLite::Statement add_game{database,
                             "INSERT INTO games (run, game_id, identity, segment, number, "
                             "of_update, start_sfen, winner, reason, emitted_at, moves, plies, "
                             "openings, castles) "
                             "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                             "ON CONFLICT (run, game_id, identity) DO NOTHING"};
  SQLite::Statement find_open_game{database,
                                   "SELECT id FROM open_games WHERE run = ? AND game_id = ?"};
  SQLite::Statement add_open_game{database, "INSERT INTO open_games (run, game_id) VALUES (?, ?)"};
  SQLite::Statement delete_open_game{database, "DELETE FROM open_games WHERE id = ?"};
  SQLite::Statement open_moves{database, "SELECT ply, usi, thought FROM open_moves WHERE game = ?"};
  SQLite::Statement find_open_move{database,
                                   "SELECT usi FROM open_moves WHERE game = ? AND ply = ?"};
  SQLite::Statement add_open_move{
      database, "INSERT INTO open_moves (game, ply, usi, thought) VALUES (?, ?, ?, ?)"};
  SQLite::Statement delete_open_moves{database,
                                      "DELETE FROM open_moves WHERE game = ? AND ply >= ?"};
  SQLite::Statement add_evaluation{database,
                                   "INSERT INTO evaluations (run, number, emitted_at, "
                                   "segment, evaluation_finished) VALUES (?, ?, ?, ?, ?) "
                                   "ON CONFLICT (run, number, emitted_at) DO NOTHING"};
  SQLite::Statement add_checkpoint{database,
                                   "INSERT INTO checkpoints (run, number, emitted_at, "
                                   "segment, checkpoint_saved) VALUES (?, ?, ?, ?, ?) "
                                   "ON CONFLICT (run, number, emitted_at) DO NOTHING"};
  SQLite::Statement add_milestone{database,
                                  "INSERT INTO milestones (run, key, number, value, "
                                  "game_id, game_number, ply, side, reached_at) "
                                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) "
                                  "ON CONFLICT (run, key) DO NOTHING"};
};

Ledger::Ledger(SQLite::Database& database, ReadTraits read_traits)
    : read_traits_(std::move(read_traits)), statements_(std::make_unique<Statements>(database)) {}
Ledger::~Ledger() = default;

Outcome Ledger::enter(const Entry& entry) {
  return std::visit([this](const auto& kept) { return enter(kept); }, entry);
}

void Ledger::forget() {
  run_.reset();
  metric_set_.reset();
  open_game_.reset();
}

std::int64_t Ledger::row_of_run(const std::string& run_id) {
  if (run_ && run_->first == run_id) return run_->second;
  std::int64_t row = 0;
  if (Execution find(statements_->find_run); find.with(run_id).step()) {
    row = find.whole(0);
  } else {
    Execution(statements_->add_run).with(run_id).run();
    row = statements_->database.getLastInsertRowid();
  }
  run_.emplace(run_id, row);
  return row;
}

std::int64_t Ledger::row_of_metric_set(const std::string& names) {
  if (metric_set_ && metric_set_->first == names) return metric_set_->second;
  std::int64_t row = 0;
  if (Execution find(statements_->find_metric_set); find.with_blob(names).step()) {
    row = find.whole(0);
  } else {
    Execution(statements_->add_metric_set).with_blob(names).run();
    row = statements_->database.getLastInsertRowid();
  }
  metric_set_.emplace(names, row);
  return row;
}

std::int64_t Ledger::row_of_open_game(std::int64_t run, const std::string& game_id) {
  if (open_game_ && open_game_->run == run && open_game_->game_id == game_id) {
    return open_game_->id;
  }
  std::int64_t row = 0;
  if (Execution find(statements_->find_open_game); find.with(run).with(game_id).step()) {
    row = find.whole(0);
  } else {
    Execution(statements_->add_open_game).with(run).with(game_id).run();
    row = statements_->database.getLastInsertRowid();
  }
  open_game_ = {run, game_id, row};
  return row;
}

void Ledger::reach_segment(std::int64_t run, int segment) {
  Execution(statements_->reach_segment).with(run).with(segment).run();
}

Outcome Ledger::enter(const KeptRun& kept) {
  const std::string json = json_of(kept.run);
  Execution(statements_->add_run).with(kept.run.run_id).with(json).run();
  return Outcome::kept;
}

Outcome Ledger::enter(const KeptUpdate& kept) {
  const std::int64_t run = row_of_run(kept.run_id);
  const std::int64_t names = row_of_metric_set(pack_names(kept.metrics.metrics));
  const std::string values = pack_values(kept.metrics.metrics);
  reach_segment(run, kept.segment);
  return outcome_of(Execution(statements_->add_update)
                        .with(run)
                        .with(kept.metrics.update)
                        .with(kept.metrics.emitted_at)
                        .with(kept.segment)
                        .with(kept.metrics.global_step)
                        .with(kept.metrics.games)
                        .with(names)
                        .with_blob(values)
                        .run());
}

std::optional<Outcome> Ledger::enter_late(std::int64_t run, const KeptMove& kept) {
  std::optional<Outcome> outcome;
  std::vector<std::pair<std::int64_t, std::string>> changed;
  const auto ply = static_cast<std::size_t>(kept.ply);
  {
    Execution find(statements_->find_games);
    for (find.with(run).with(kept.game_id); find.step();) {
      outcome = outcome.value_or(Outcome::known);
      const std::vector<std::string> moves = unpack_moves(find.bytes(1));
      if (ply >= moves.size() || moves[ply] != kept.usi) continue;
      Thoughts thoughts = unpack_thoughts(find.bytes(2), moves.size());
      if (thoughts[ply]) continue;
      thoughts[ply] = thought_of(kept);
      changed.emplace_back(find.whole(0), pack_thoughts(thoughts));
    }
  }
  for (const auto& [game, thoughts] : changed) {
    Execution(statements_->set_thoughts).with(game).with_blob(thoughts).run();
    outcome = Outcome::kept;
  }
  return outcome;
}

Outcome Ledger::enter(const KeptMove& kept) {
  const std::int64_t run = row_of_run(kept.run_id);
  if (const auto outcome = enter_late(run, kept)) return *outcome;
  const std::int64_t game = row_of_open_game(run, kept.game_id);
  if (Execution find(statements_->find_open_move); find.with(game).with(kept.ply).step()) {
    if (find.bytes(0) == kept.usi) return Outcome::known;
    // The game is played anew: what came after the other move is of no game any more.
    Execution(statements_->delete_open_moves).with(game).with(kept.ply).run();
  }
  const std::string thought = pack_thought(thought_of(kept));
  Execution(statements_->add_open_move)
      .with(game)
      .with(kept.ply)
      .with(kept.usi)
      .with_blob(thought)
      .run();
  return Outcome::kept;
}

std::optional<std::string> Ledger::thoughts_of(std::int64_t run,
                                               const protocol::GameFinished& game) {
  Execution find(statements_->find_open_game);
  if (!find.with(run).with(game.game_id).step()) return std::nullopt;
  const std::int64_t open = find.whole(0);
  Thoughts thoughts(game.moves.size());
  {
    Execution read(statements_->open_moves);
    for (read.with(open); read.step();) {
      const auto ply = static_cast<std::size_t>(read.whole(0));
      if (ply >= game.moves.size() || game.moves[ply] != read.bytes(1)) continue;
      thoughts[ply] = unpack_thought(read.bytes(2));
    }
  }
  Execution(statements_->delete_open_moves).with(open).with(0).run();
  Execution(statements_->delete_open_game).with(open).run();
  open_game_.reset();
  return pack_thoughts(thoughts);
}

Outcome Ledger::enter(const KeptGame& kept) {
  const protocol::GameFinished& game = kept.game;
  const std::int64_t run = row_of_run(kept.run_id);
  const std::string moves = pack_moves(game.moves);
  const auto thoughts = thoughts_of(run, game);
  const auto start = game.start_sfen == kStandardStart
                         ? std::nullopt
                         : std::optional<std::string>(game.start_sfen);
  const auto winner =
      game.winner ? std::optional<std::string>(to_string(*game.winner)) : std::nullopt;
  const std::string reason(to_string(game.reason));
  const GameTraits traits = read_traits_ ? read_traits_(game) : GameTraits{};
  const auto known = [](const std::string& words) {
    return words.empty() ? std::nullopt : std::optional(words);
  };
  const auto openings = known(traits.openings);
  const auto castles = known(traits.castles);
  Execution add(statements_->add_game);
  add.with(run).with(game.game_id).with(identity_of(game, moves));
  add.with(kept.segment).with(game.game_number).with(game.update);
  add.with(start).with(winner).with(reason);
  add.with(game.emitted_at).with_blob(moves).with(static_cast<std::int64_t>(game.moves.size()));
  add.with(openings).with(castles);
  if (add.run() == 0) return Outcome::known;
  if (thoughts) {
    const std::int64_t row = statements_->database.getLastInsertRowid();
    Execution(statements_->set_thoughts).with(row).with_blob(*thoughts).run();
  }
  Execution(statements_->count_game).with(run).with(game.game_number).run();
  reach_segment(run, kept.segment);
  return Outcome::kept;
}

Outcome Ledger::enter(const KeptEvaluation& kept) {
  const std::int64_t run = row_of_run(kept.run_id);
  const std::string json = json_of(kept.evaluation);
  return outcome_of(Execution(statements_->add_evaluation)
                        .with(run)
                        .with(kept.evaluation.update)
                        .with(kept.evaluation.emitted_at)
                        .with(kept.segment)
                        .with(json)
                        .run());
}

Outcome Ledger::enter(const KeptCheckpoint& kept) {
  const std::int64_t run = row_of_run(kept.run_id);
  const std::string json = json_of(kept.checkpoint);
  return outcome_of(Execution(statements_->add_checkpoint)
                        .with(run)
                        .with(kept.checkpoint.update)
                        .with(kept.checkpoint.emitted_at)
                        .with(kept.segment)
                        .with(json)
                        .run());
}

Outcome Ledger::enter(const KeptMilestone& kept) {
  const auto side = kept.side ? std::optional<std::string>(to_string(*kept.side)) : std::nullopt;
  return outcome_of(Execution(statements_->add_milestone)
                        .with(row_of_run(kept.run_id))
                        .with(kept.key)
                        .with(kept.update)
                        .with(kept.value)
                        .with(kept.game_id)
                        .with(kept.game_number)
                        .with(kept.ply)
                        .with(side)
                        .with(kept.reached_at)
                        .run());
}

}  // namespace keisei::store

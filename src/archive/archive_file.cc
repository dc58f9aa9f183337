#include "archive/archive_file.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include <utility>
#include <variant>

#include "protocol/codec.h"
#include "store/execution.h"
#include "store/packed_moves.h"
#include "store/reading.h"
#include "store/schema.h"
#include "store/standard_start.h"

namespace keisei::archive {
namespace {

using store::Execution;

constexpr int kStepsAtOnce = 1000;
// Answers and addresses give times with fewer digits than they have.
constexpr double kSameTime = 1e-3;

/// The conditions of a search, and what stands for their places.
class Conditions {
 public:
  using Value = std::variant<std::int64_t, std::string>;

  void add(const std::string& condition, std::vector<Value> values) {
    text_ += text_.empty() ? " WHERE " : " AND ";
    text_ += condition;
    for (Value& value : values) values_.push_back(std::move(value));
  }
  const std::string& text() const { return text_; }
  const std::vector<Value>& values() const { return values_; }

 private:
  std::string text_;
  std::vector<Value> values_;
};

void add_facts(Conditions& conditions, const Search& search) {
  const Search any;
  if (search.min_plies > any.min_plies) conditions.add("plies >= ?", {search.min_plies});
  if (search.max_plies < any.max_plies) conditions.add("plies <= ?", {search.max_plies});
  if (search.min_update > any.min_update) conditions.add("of_update >= ?", {search.min_update});
  if (search.max_update < any.max_update) conditions.add("of_update <= ?", {search.max_update});
  if (search.winner == Winner::draw) {
    conditions.add("winner IS NULL", {});
  } else if (search.winner) {
    conditions.add("winner = ?", {std::string(to_string(*search.winner))});
  }
  if (search.reason) conditions.add("reason = ?", {std::string(to_string(*search.reason))});
  // Whoever's it is (store/game_traits.h).
  if (!search.opening.empty()) conditions.add("instr(openings, ?)", {"/" + search.opening + " "});
  if (!search.castle.empty()) conditions.add("instr(castles, ?)", {"/" + search.castle + " "});
}

struct Sequence {
  const char* by;
  const char* behind;  // the games behind a place
  bool has_plies;
};

Sequence sequence_of(Order order) {
  switch (order) {
    case Order::newest:
      return {"id DESC", "id < ?", false};
    case Order::oldest:
      return {"id", "id > ?", false};
    case Order::longest:
      return {"plies DESC, id DESC", "(plies, id) < (?, ?)", true};
    case Order::shortest:
      return {"plies, id", "(plies, id) > (?, ?)", true};
  }
  return {"id DESC", "id < ?", false};
}

void fill_in(Execution& execution, const Conditions::Value& value) {
  std::visit([&](const auto& known) { execution.with(known); }, value);
}

std::string name_of(const std::string& run_started) {
  const auto run = protocol::decode<protocol::RunStarted>(run_started);
  return run ? run->name : std::string();
}

}  // namespace

ArchiveFile::ArchiveFile(std::string path, std::unique_ptr<SQLite::Database> database,
                         int most_steps)
    : path_(std::move(path)),
      allowance_(std::make_unique<Allowance>(Allowance{most_steps})),
      database_(std::move(database)) {
  sqlite3_progress_handler(
      database_->getHandle(), kStepsAtOnce,
      [](void* allowance) {
        int& left = static_cast<Allowance*>(allowance)->steps_left;
        left -= kStepsAtOnce;
        return left < 0 ? 1 : 0;
      },
      allowance_.get());
}
ArchiveFile::ArchiveFile(ArchiveFile&&) noexcept = default;
ArchiveFile::~ArchiveFile() = default;

store::Stored<ArchiveFile> ArchiveFile::open(const std::string& path, int most_steps) {
  using store::StoreError;
  try {
    auto database = store::open_for_reading(path);
    if (store::version_of(*database) != static_cast<std::int32_t>(store::migrations().size())) {
      return tl::unexpected(StoreError{StoreError::Kind::broken, path + ": not of this version"});
    }
    return ArchiveFile(path, std::move(database), most_steps);
  } catch (const SQLite::Exception& failure) {
    return tl::unexpected(store::error_of(failure, path));
  }
}

store::Stored<std::optional<Page>> ArchiveFile::find(const Search& search) {
  try {
    return page(search);
  } catch (const SQLite::Exception& failure) {
    if ((failure.getErrorCode() & 0xFF) == SQLITE_INTERRUPT) return std::nullopt;
    return tl::unexpected(store::error_of(failure, path_));
  }
}

Page ArchiveFile::page(const Search& search) {
  Conditions conditions;
  add_facts(conditions, search);
  const Sequence sequence = sequence_of(search.order);
  // The newest of all are the last rows; whatever else is asked for, the index knows.
  const bool is_indexed = sequence.has_plies || !conditions.text().empty();
  if (!search.run.empty()) {
    const auto run = row_of_run(search.run);
    if (!run) return {};
    conditions.add("run = ?", {*run});
  }
  if (search.after && sequence.has_plies) {
    conditions.add(sequence.behind, {search.after->plies, search.after->row});
  } else if (search.after) {
    conditions.add(sequence.behind, {search.after->row});
  }
  SQLite::Statement select(*database_, std::string("SELECT id FROM games") +
                                           (is_indexed ? " INDEXED BY games_searched" : "") +
                                           conditions.text() + " ORDER BY " + sequence.by +
                                           " LIMIT ?");
  Execution rows(select);
  for (const Conditions::Value& value : conditions.values()) fill_in(rows, value);
  Page found;
  std::int64_t last = 0;
  for (rows.with(search.limit + 1); rows.step();) {
    if (found.games.size() == static_cast<std::size_t>(search.limit)) {
      found.next = Place{found.games.back().plies, last};
      break;
    }
    last = rows.whole(0);
    found.games.push_back(listed(last));
  }
  return found;
}

ListedGame ArchiveFile::listed(std::int64_t row) {
  SQLite::Statement select(*database_,
                           "SELECT run_id, games.segment, plies, game_id, number, of_update, "
                           "winner, reason, emitted_at, openings, castles, run_started "
                           "FROM games JOIN runs ON runs.id = run WHERE games.id = ?");
  Execution found(select);
  found.with(row).step();
  ListedGame listed;
  listed.run_id = found.bytes(0);
  listed.segment = static_cast<int>(found.whole(1));
  listed.plies = static_cast<int>(found.whole(2));
  listed.game.game_id = found.bytes(3);
  listed.game.game_number = found.whole(4);
  listed.game.update = found.whole(5);
  listed.game.winner = enumerator_of<protocol::Side>(found.bytes(6));
  listed.game.reason =
      enumerator_of<protocol::EndReason>(found.bytes(7)).value_or(listed.game.reason);
  listed.game.emitted_at = found.real(8);
  listed.traits = {found.bytes(9), found.bytes(10)};
  listed.run_name = name_of(found.bytes(11));
  return listed;
}

std::optional<std::int64_t> ArchiveFile::row_of_run(const std::string& run_id) {
  SQLite::Statement select(*database_, "SELECT id FROM runs WHERE run_id = ?");
  Execution found(select);
  if (!found.with(run_id).step()) return std::nullopt;
  return found.whole(0);
}

store::Stored<std::optional<KeptGame>> ArchiveFile::game(const std::string& run_id,
                                                         const std::string& game_id,
                                                         std::optional<double> ended_by) {
  try {
    SQLite::Statement select(*database_,
                             std::string("SELECT run_started, games.segment, number, of_update, "
                                         "start_sfen, winner, reason, emitted_at, moves, thoughts "
                                         "FROM runs JOIN games ON run = runs.id LEFT JOIN thoughts "
                                         "ON game = games.id WHERE run_id = ? AND game_id = ? ") +
                                 (ended_by ? "AND emitted_at < ? ORDER BY emitted_at DESC, "
                                             "games.id DESC LIMIT 1"
                                           : "ORDER BY games.id DESC LIMIT 1"));
    Execution found(select);
    found.with(run_id).with(game_id);
    if (ended_by) found.with(*ended_by + kSameTime);
    if (!found.step()) return std::nullopt;
    KeptGame kept;
    kept.run_id = run_id;
    kept.run_name = name_of(found.bytes(0));
    kept.segment = static_cast<int>(found.whole(1));
    kept.game.game_id = game_id;
    kept.game.game_number = found.whole(2);
    kept.game.update = found.whole(3);
    kept.game.start_sfen = found.is_null(4) ? std::string(store::kStandardStart) : found.bytes(4);
    kept.game.winner = enumerator_of<protocol::Side>(found.bytes(5));
    kept.game.reason =
        enumerator_of<protocol::EndReason>(found.bytes(6)).value_or(kept.game.reason);
    kept.game.emitted_at = found.real(7);
    kept.game.moves = store::unpack_moves(found.bytes(8));
    kept.thoughts = store::unpack_thoughts(found.bytes(9), kept.game.moves.size());
    return kept;
  } catch (const SQLite::Exception& failure) {
    return tl::unexpected(store::error_of(failure, path_));
  }
}

store::Stored<bool> ArchiveFile::is_being_played(const std::string& run_id,
                                                 const std::string& game_id) {
  try {
    SQLite::Statement select(*database_,
                             "SELECT 1 FROM runs JOIN open_games ON run = runs.id "
                             "WHERE run_id = ? AND game_id = ?");
    Execution found(select);
    return found.with(run_id).with(game_id).step();
  } catch (const SQLite::Exception& failure) {
    return tl::unexpected(store::error_of(failure, path_));
  }
}

store::Stored<MilestonePage> ArchiveFile::milestones(const MilestoneSearch& search) {
  try {
    return milestone_page(search);
  } catch (const SQLite::Exception& failure) {
    return tl::unexpected(store::error_of(failure, path_));
  }
}

MilestonePage ArchiveFile::milestone_page(const MilestoneSearch& search) {
  Conditions conditions;
  if (!search.run.empty()) conditions.add("run_id = ?", {search.run});
  if (search.after) conditions.add("milestones.id < ?", {*search.after});
  SQLite::Statement select(*database_,
                           "SELECT milestones.id, run_id, key, number, value, game_id, "
                           "game_number, ply, side, reached_at "
                           "FROM milestones JOIN runs ON runs.id = run" +
                               conditions.text() + " ORDER BY milestones.id DESC LIMIT ?");
  Execution row(select);
  for (const Conditions::Value& value : conditions.values()) fill_in(row, value);
  MilestonePage found;
  std::int64_t last = 0;
  for (row.with(search.limit + 1); row.step(); last = row.whole(0)) {
    if (found.milestones.size() == static_cast<std::size_t>(search.limit)) {
      found.next = last;
      break;
    }
    store::KeptMilestone& kept = found.milestones.emplace_back();
    kept.run_id = row.bytes(1);
    kept.key = row.bytes(2);
    kept.update = row.whole(3);
    if (!row.is_null(4)) kept.value = row.real(4);
    if (!row.is_null(5)) kept.game_id = row.bytes(5);
    if (!row.is_null(6)) kept.game_number = row.whole(6);
    if (!row.is_null(7)) kept.ply = static_cast<int>(row.whole(7));
    kept.side = enumerator_of<protocol::Side>(row.bytes(8));
    kept.reached_at = row.real(9);
  }
  return found;
}

}  // namespace keisei::archive

#include "store/schema.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>

#include <array>
#include <string>

namespace keisei::store {
namespace {

// What is rare is kept as its message, in JSON; what is frequent in columns and blobs
// (docs/store.md).
constexpr const char* kVersion1 = R"sql(
CREATE TABLE runs (
  id INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL UNIQUE,
  run_started TEXT,          -- the newest; null until one could be kept
  heard INTEGER NOT NULL,    -- the run that was heard of last has the most
  segment INTEGER NOT NULL,  -- the newest
  games INTEGER NOT NULL     -- finished ones, also those that are no longer kept
) STRICT;

CREATE TABLE metric_sets (
  id INTEGER PRIMARY KEY,
  names BLOB NOT NULL UNIQUE
) STRICT;

CREATE TABLE updates (
  id INTEGER PRIMARY KEY,  -- rises in the order in which they were learned
  run INTEGER NOT NULL REFERENCES runs,
  number INTEGER NOT NULL,
  emitted_at REAL NOT NULL,
  segment INTEGER NOT NULL,
  global_step INTEGER NOT NULL,
  games INTEGER NOT NULL,
  metric_set INTEGER NOT NULL REFERENCES metric_sets,
  metrics BLOB NOT NULL,
  UNIQUE (run, number, emitted_at)
) STRICT;
CREATE INDEX updates_of_run ON updates (run);

CREATE TABLE games (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  game_id TEXT NOT NULL,
  identity INTEGER NOT NULL,  -- of start, moves and result: who ends a game twice has two
  segment INTEGER NOT NULL,
  number INTEGER NOT NULL,
  of_update INTEGER NOT NULL,
  start_sfen TEXT,            -- null for the usual one
  winner TEXT,
  reason TEXT NOT NULL,
  emitted_at REAL NOT NULL,
  moves BLOB NOT NULL,
  UNIQUE (run, game_id, identity)
) STRICT;
CREATE INDEX games_of_run ON games (run);

CREATE TABLE thoughts (  -- apart, since they go first, and only whole rows make room
  game INTEGER PRIMARY KEY REFERENCES games,
  thoughts BLOB NOT NULL
) STRICT;

CREATE TABLE open_games (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  game_id TEXT NOT NULL,
  UNIQUE (run, game_id)
) STRICT;

CREATE TABLE open_moves (
  game INTEGER NOT NULL REFERENCES open_games,
  ply INTEGER NOT NULL,
  usi TEXT NOT NULL,
  thought BLOB NOT NULL,
  PRIMARY KEY (game, ply)
) STRICT, WITHOUT ROWID;

CREATE TABLE evaluations (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  number INTEGER NOT NULL,
  emitted_at REAL NOT NULL,
  segment INTEGER NOT NULL,
  evaluation_finished TEXT NOT NULL,
  UNIQUE (run, number, emitted_at)
) STRICT;

CREATE TABLE checkpoints (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  number INTEGER NOT NULL,
  emitted_at REAL NOT NULL,
  segment INTEGER NOT NULL,
  checkpoint_saved TEXT NOT NULL,
  UNIQUE (run, number, emitted_at)
) STRICT;

CREATE TABLE milestones (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs,
  key TEXT NOT NULL,
  number INTEGER NOT NULL,
  value REAL,
  game_id TEXT,
  game_number INTEGER,
  ply INTEGER,
  side TEXT,
  reached_at REAL NOT NULL,
  UNIQUE (run, key)
) STRICT;
)sql";

// What games are searched by. The index answers a search by itself: the games, with their moves,
// are ten times as long.
constexpr const char* kVersion2 = R"sql(
ALTER TABLE games ADD COLUMN plies INTEGER NOT NULL DEFAULT 0;
ALTER TABLE games ADD COLUMN openings TEXT;  -- " black/central_rook game/double_ranging_rook "
ALTER TABLE games ADD COLUMN castles TEXT;   -- " black/mino white/yagura "
UPDATE games SET plies = length(moves) / 2;
DROP INDEX games_of_run;
CREATE INDEX games_searched
  ON games (run, id, plies, of_update, winner, reason, openings, castles);
)sql";

// Of a run, whether a game was missed. Of what was kept before, as far as it shows: the games
// themselves, or that a first was claimed.
constexpr const char* kVersion3 = R"sql(
ALTER TABLE runs ADD COLUMN latest_number INTEGER NOT NULL DEFAULT 0;  -- of the latest game
ALTER TABLE runs ADD COLUMN whole INTEGER NOT NULL DEFAULT 1;          -- 0: a game was missed
UPDATE runs SET latest_number = ifnull(
  (SELECT number FROM games WHERE run = runs.id ORDER BY games.id DESC LIMIT 1), 0);
UPDATE runs SET whole = 0 WHERE id IN (
  SELECT run FROM (
    SELECT run, number, lag(number) OVER (PARTITION BY run ORDER BY id) AS before FROM games)
  WHERE number > before + 1);
UPDATE runs SET whole = 0 WHERE id IN (
  SELECT run FROM (
    SELECT run, number, row_number() OVER (PARTITION BY run ORDER BY id) AS place FROM games)
  WHERE place = 1 AND number > 1)
  AND id NOT IN (SELECT run FROM milestones WHERE key IN ('win/black', 'win/white'));
)sql";

constexpr std::array kMigrations{kVersion1, kVersion2, kVersion3};

}  // namespace

std::span<const char* const> migrations() { return kMigrations; }

std::int32_t version_of(SQLite::Database& database) {
  return database.execAndGet("PRAGMA user_version").getInt();
}

void migrate(SQLite::Database& database, std::span<const char* const> steps) {
  for (auto version = static_cast<std::size_t>(version_of(database)); version < steps.size();
       ++version) {
    SQLite::Transaction transaction(database);
    database.exec(steps[version]);
    database.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
    database.exec("PRAGMA user_version = " + std::to_string(version + 1));
    transaction.commit();
  }
}

}  // namespace keisei::store

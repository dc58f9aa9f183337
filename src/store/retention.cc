#include "store/retention.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>

#include <cstddef>
#include <string>

#include "store/run_memory.h"

namespace keisei::store {
namespace {

constexpr double kEnough = 0.95;  // of the bound: then it ends

std::string some(const std::string& oldest_first) {
  return fmt::format("({} LIMIT {})", oldest_first, Retention::kAtOnce);
}

}  // namespace

bool Retention::step(std::int64_t most_bytes) {
  if (forget_open_games()) return true;
  const std::int64_t used = bytes_used();
  if (used > most_bytes) makes_room_ = true;
  if (static_cast<double>(used) < kEnough * static_cast<double>(most_bytes)) makes_room_ = false;
  if (makes_room_) makes_room_ = make_room();
  return makes_room_;
}

bool Retention::forget_open_games() {
  if (database_.execAndGet("SELECT count(*) FROM open_games").getInt() <= kOpenGames) return false;
  const std::string abandoned =
      fmt::format("(SELECT id FROM open_games ORDER BY id DESC LIMIT -1 OFFSET {})", kOpenGames);
  SQLite::Transaction transaction(database_);
  database_.exec("DELETE FROM open_moves WHERE game IN " + abandoned);
  database_.exec("DELETE FROM open_games WHERE id IN " + abandoned);
  transaction.commit();
  return true;
}

// What a studio takes up again stays: the newest games, and the updates of the newest run.
bool Retention::make_room() {
  const auto older_games = [](std::size_t but) {
    return fmt::format("<= (SELECT max(id) FROM games) - {} ORDER BY 1", but);
  };
  return database_.exec("DELETE FROM thoughts WHERE game IN " +
                        some("SELECT game FROM thoughts WHERE game " +
                             older_games(RunMemory::kGamesWithMoves))) > 0 ||
         database_.exec(
             "DELETE FROM games WHERE id IN " +
             some("SELECT id FROM games WHERE id " + older_games(RunMemory::kMostGames))) > 0 ||
         database_.exec("DELETE FROM updates WHERE id IN " +
                        some("SELECT id FROM updates WHERE run <> (SELECT id FROM runs ORDER BY "
                             "heard DESC LIMIT 1) ORDER BY id")) > 0;
}

std::int64_t Retention::bytes_used() {
  const auto pragma = [&](const char* name) {
    return database_.execAndGet(std::string("PRAGMA ") + name).getInt64();
  };
  return (pragma("page_count") - pragma("freelist_count")) * pragma("page_size");
}

}  // namespace keisei::store

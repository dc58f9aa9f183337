#pragma once

#include <cstdint>

namespace SQLite {
class Database;
}

namespace keisei::store {

/// Keeps the database within a size: of the oldest games first what the network thought goes, then
/// the games themselves, then the updates of the oldest runs. What goes last, and what the newest
/// run needs to be taken up again, stays. For the thread that owns the database, between its
/// transactions.
class Retention {
 public:
  /// Of games that were begun and never ended, as of a trainer that was killed, so many are kept.
  static constexpr int kOpenGames = 64;
  /// Of the oldest, so many at a time.
  static constexpr int kAtOnce = 64;

  explicit Retention(SQLite::Database& database) : database_(database) {}

  /// A few milliseconds of it; whether there is more. Throws SQLite::Exception.
  bool step(std::int64_t most_bytes);

 private:
  bool forget_open_games();
  bool make_room();
  std::int64_t bytes_used();

  SQLite::Database& database_;
  bool makes_room_ = false;  // until it is well below the bound
};

}  // namespace keisei::store

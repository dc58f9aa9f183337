#pragma once

#include <memory>
#include <string>

#include "store/store_error.h"

namespace SQLite {
class Backup;
class Database;
}  // namespace SQLite

namespace keisei::store {

/// Copies a database page by page into a new file, which is there when it is whole and on the disk.
/// What the source's own connection writes meanwhile is in it. For that connection's thread.
class DatabaseCopy {
 public:
  /// Of `source`, which outlives it, to `file`, where nothing may be yet.
  static Stored<DatabaseCopy> begin(SQLite::Database& source, const std::string& file);
  DatabaseCopy(DatabaseCopy&&) noexcept;
  DatabaseCopy& operator=(DatabaseCopy&&) = delete;
  /// Unless it was finished, nothing of it stays.
  ~DatabaseCopy();

  /// A few milliseconds of it; whether it is finished.
  Stored<bool> step();

 private:
  DatabaseCopy(std::string file, std::unique_ptr<SQLite::Database> target,
               std::unique_ptr<SQLite::Backup> backup);
  std::string partial() const { return file_ + ".part"; }

  std::string file_;
  std::unique_ptr<SQLite::Database> target_;  // none when it is finished
  std::unique_ptr<SQLite::Backup> backup_;
};

}  // namespace keisei::store

#include "store/reading.h"

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>

namespace keisei::store {
namespace {

constexpr int kBusyMilliseconds = 1000;

}  // namespace

std::unique_ptr<SQLite::Database> open_for_reading(const std::string& path) {
  auto database = std::make_unique<SQLite::Database>(
      path, SQLite::OPEN_READONLY | SQLite::OPEN_NOMUTEX, kBusyMilliseconds);
  sqlite3_db_config(database->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  database->exec("PRAGMA query_only = ON");
  database->exec("PRAGMA mmap_size = 0");
  return database;
}

}  // namespace keisei::store

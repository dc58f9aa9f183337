#include "store/store_file.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "store/schema.h"
#include "store/soundness.h"

namespace keisei::store {
namespace {

// Of readers, who never write; another process may look with SQLite's own program.
constexpr int kBusyMilliseconds = 2000;
constexpr std::int64_t kPageBytes = 4096;
// Of pages held in memory. What is written is the end of each table and index, a few pages.
constexpr std::int64_t kCacheBytes = 512L * 1024;

tl::unexpected<StoreError> refuse(StoreError::Kind kind, std::string why) {
  return tl::unexpected(StoreError{kind, std::move(why)});
}

StoreError refusal(const std::string& path, const std::string& why) {
  return {StoreError::Kind::unusable,
          fmt::format("{} {}; it is left as it is. Stop the show, put a backup in its place with "
                      "`keisei-showcase restore FILE`, or move it away for an empty one",
                      path, why)};
}

}  // namespace

StoreFile::StoreFile(std::string path, StoreLock lock, std::unique_ptr<SQLite::Database> database,
                     ReadTraits read_traits)
    : path_(std::move(path)),
      lock_(std::move(lock)),
      log_(std::make_unique<Log>()),
      database_(std::move(database)),
      ledger_(std::make_unique<Ledger>(*database_, std::move(read_traits))),
      retention_(std::make_unique<Retention>(*database_)) {
  sqlite3_wal_hook(
      database_->getHandle(),
      [](void* log, sqlite3*, const char*, int pages) {
        static_cast<Log*>(log)->pages = pages;
        return SQLITE_OK;
      },
      log_.get());
}
StoreFile::StoreFile(StoreFile&&) noexcept = default;

StoreFile::~StoreFile() {
  if (!database_) return;
  tidy(true);
  // Now it may take the log away.
  sqlite3_db_config(database_->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
}

Stored<StoreFile> StoreFile::open(const std::string& path, ReadTraits read_traits) {
  auto lock = StoreLock::take(path);
  if (!lock) return refuse(StoreError::Kind::broken, lock.error().message);
  try {
    auto database = std::make_unique<SQLite::Database>(
        path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX,
        kBusyMilliseconds);
    // A file that is refused keeps its log, too.
    sqlite3_db_config(database->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    database->exec("PRAGMA mmap_size = 0");
    if (const std::string wrong = what_is_wrong(*database); !wrong.empty()) {
      return tl::unexpected(refusal(path, wrong));
    }
    if (database->execAndGet("PRAGMA journal_mode = WAL").getString() != "wal") {
      return refuse(StoreError::Kind::broken, path + ": its disk takes no write-ahead log");
    }
    database->exec("PRAGMA wal_autocheckpoint = 0");
    database->exec(fmt::format("PRAGMA journal_size_limit = {}", kLogBytes));
    database->exec("PRAGMA synchronous = FULL");
    database->exec(fmt::format("PRAGMA cache_size = -{}", kCacheBytes / 1024));
    migrate(*database);
    StoreFile file(path, std::move(*lock), std::move(database), std::move(read_traits));
    file.tidy(true);
    return file;
  } catch (const SQLite::Exception& failure) {
    StoreError error = error_of(failure, path);
    if (error.kind == StoreError::Kind::unusable) {
      return tl::unexpected(refusal(path, std::string("is damaged: ") + failure.what()));
    }
    return tl::unexpected(std::move(error));
  }
}

Stored<StoreFile::Tally> StoreFile::commit(std::span<const Entry> entries) {
  try {
    const bool is_synced = std::any_of(entries.begin(), entries.end(), is_promised);
    if (is_synced != is_synced_) {
      database_->exec(is_synced ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
      is_synced_ = is_synced;
    }
    Tally tally{};
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    for (const Entry& entry : entries) ++tally[ledger_->enter(entry)];
    transaction.commit();
    return tally;
  } catch (const SQLite::Exception& failure) {
    ledger_->forget();
    return tl::unexpected(error_of(failure, path_));
  }
}

Stored<void> StoreFile::tidy(bool always) {
  if (!always && log_->pages * kPageBytes < kLogBytes) return {};
  const int result = sqlite3_wal_checkpoint_v2(
      database_->getHandle(), nullptr,
      always ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
  if (result == SQLITE_OK || result == SQLITE_BUSY) return {};
  return tl::unexpected(error_of(SQLite::Exception(database_->getHandle(), result), path_));
}

Stored<bool> StoreFile::trim(std::int64_t most_bytes) {
  try {
    ledger_->forget();
    return retention_->step(most_bytes);
  } catch (const SQLite::Exception& failure) {
    return tl::unexpected(error_of(failure, path_));
  }
}

std::int64_t StoreFile::bytes() const {
  std::error_code unknown;
  const auto size = std::filesystem::file_size(path_, unknown);
  return unknown ? 0 : static_cast<std::int64_t>(size);
}

}  // namespace keisei::store

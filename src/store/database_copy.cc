#include "store/database_copy.h"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/Database.h>
#include <sqlite3.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/file.h"

namespace keisei::store {
namespace {

constexpr int kPages = 256;  // a mebibyte

}  // namespace

DatabaseCopy::DatabaseCopy(std::string file, std::unique_ptr<SQLite::Database> target,
                           std::unique_ptr<SQLite::Backup> backup)
    : file_(std::move(file)), target_(std::move(target)), backup_(std::move(backup)) {}
DatabaseCopy::DatabaseCopy(DatabaseCopy&&) noexcept = default;

DatabaseCopy::~DatabaseCopy() {
  if (!target_) return;
  backup_.reset();
  target_.reset();
  ::unlink(partial().c_str());
}

Stored<DatabaseCopy> DatabaseCopy::begin(SQLite::Database& source, const std::string& file) {
  std::error_code unknown;
  if (std::filesystem::exists(std::filesystem::symlink_status(file, unknown))) {
    return tl::unexpected(StoreError{StoreError::Kind::passing, file + ": is there already"});
  }
  const std::string partial = file + ".part";
  ::unlink(partial.c_str());
  try {
    auto target = std::make_unique<SQLite::Database>(
        partial, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX);
    auto backup = std::make_unique<SQLite::Backup>(*target, source);
    return DatabaseCopy(file, std::move(target), std::move(backup));
  } catch (const SQLite::Exception& failure) {
    ::unlink(partial.c_str());
    return tl::unexpected(error_of(failure, file));
  }
}

Stored<bool> DatabaseCopy::step() {
  try {
    const int result = backup_->executeStep(kPages);
    if (result != SQLITE_DONE) return false;
    backup_.reset();
    // A copy is one file, wherever it is opened.
    target_->exec("PRAGMA journal_mode = DELETE");
    target_.reset();
  } catch (const SQLite::Exception& failure) {
    return tl::unexpected(error_of(failure, file_));
  }
  if (const auto renamed = rename_durably(partial(), file_); !renamed) {
    ::unlink(partial().c_str());
    return tl::unexpected(StoreError{StoreError::Kind::passing, renamed.error().message});
  }
  return true;
}

}  // namespace keisei::store

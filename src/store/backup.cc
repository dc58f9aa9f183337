#include "store/backup.h"

#include <SQLiteCpp/Database.h>
#include <sqlite3.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>

#include "base/file.h"
#include "store/backup_desk.h"
#include "store/database_copy.h"
#include "store/soundness.h"
#include "store/store_lock.h"

namespace keisei::store {
namespace {

namespace fs = std::filesystem;

constexpr auto kPace = std::chrono::milliseconds(50);

bool is_there(const std::string& path) {
  std::error_code unknown;
  return fs::exists(fs::symlink_status(path, unknown));
}

/// To a file that is sound; one that is not is left as it is.
Result<std::unique_ptr<SQLite::Database>> open_sound(const std::string& path) {
  if (!is_there(path)) return fail(path + ": is not there");
  try {
    // A log beside it is part of it.
    auto database =
        std::make_unique<SQLite::Database>(path, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX);
    sqlite3_db_config(database->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
    if (const std::string wrong = what_is_wrong(*database); !wrong.empty()) {
      return fail(path + " " + wrong);
    }
    sqlite3_db_config(database->getHandle(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, nullptr);
    return database;
  } catch (const SQLite::Exception& failure) {
    return fail(error_of(failure, path).why);
  }
}

Result<void> copy(SQLite::Database& from, const std::string& to) {
  auto copy = DatabaseCopy::begin(from, to);
  if (!copy) return fail(copy.error().why);
  while (true) {
    const auto finished = copy->step();
    if (!finished) return fail(finished.error().why);
    if (*finished) return {};
  }
}

Result<void> ask_the_show(const std::string& store, const std::string& file) {
  const auto turn = StoreLock::take(store + ".backup");
  if (!turn) return fail(store + ": another backup of it is being made");
  const std::string request = BackupDesk::request_of(store);
  const std::string answer = BackupDesk::answer_of(store);
  ::unlink(answer.c_str());
  auto asked = write_atomically(request, fs::absolute(file).string());
  if (!asked) return asked;
  while (!is_there(answer)) {
    std::this_thread::sleep_for(kPace);
    // A show that ends answers first, and lets the store go then.
    if (StoreLock::take(store) && !is_there(answer)) {
      ::unlink(request.c_str());
      return fail(store + ": the show ended before the backup was made");
    }
  }
  const auto text = read_file(answer);
  ::unlink(answer.c_str());
  if (!text) return fail(text.error().message);
  if (*text != BackupDesk::kDone) return fail(*text);
  return {};
}

}  // namespace

Result<void> back_up(const std::string& store, const std::string& file) {
  if (!is_there(store)) return fail(store + ": is not there");
  {
    const auto lock = StoreLock::take(store);
    if (lock) {
      const auto database = open_sound(store);
      return database ? copy(**database, file) : tl::unexpected(database.error());
    }
    if (lock.error().code != ErrorCode::unavailable) return tl::unexpected(lock.error());
  }
  return ask_the_show(store, file);
}

Result<std::string> restore(const std::string& store, const std::string& file) {
  const auto lock = StoreLock::take(store);
  if (!lock) return tl::unexpected(lock.error());
  const std::string old = store + ".replaced";
  const bool is_replacing = is_there(store) || is_there(store + "-wal");
  for (const char* part : {"", "-wal"}) {
    if (!is_replacing || !is_there(old + part)) continue;
    return fail(old + part + ": is there already, from an earlier restore; move it away first");
  }
  const auto backup = open_sound(file);
  if (!backup) return tl::unexpected(backup.error());
  const std::string fresh = store + ".restored";
  ::unlink(fresh.c_str());
  if (const auto copied = copy(**backup, fresh); !copied) return tl::unexpected(copied.error());
  // The log goes with what it belongs to, and first: to the new file it would do harm.
  ::unlink((store + "-shm").c_str());
  for (const char* part : {"-wal", ""}) {
    if (!is_there(store + part)) continue;
    const auto moved = rename_durably(store + part, old + part);
    if (!moved) return tl::unexpected(moved.error());
  }
  if (const auto moved = rename_durably(fresh, store); !moved) return tl::unexpected(moved.error());
  return is_replacing ? old : std::string();
}

}  // namespace keisei::store

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "protocol/enum_map.h"
#include "store/entries.h"
#include "store/ledger.h"
#include "store/retention.h"
#include "store/store_error.h"
#include "store/store_lock.h"

namespace keisei::store {

/// The database: the one connection that writes it and that brings its write-ahead log back into it
/// (docs/adr/0010). For one thread.
class StoreFile {
 public:
  /// From so many bytes on, the log goes back into the database after a commit.
  static constexpr std::int64_t kLogBytes = 4L * 1024 * 1024;

  /// Makes the file if there is none; brings one of an older version to the newest. One that is
  /// damaged, not a showcase's or of a newer version is left as it is.
  static Stored<StoreFile> open(const std::string& path, ReadTraits read_traits = {});
  StoreFile(StoreFile&&) noexcept;
  StoreFile& operator=(StoreFile&&) = delete;
  ~StoreFile();

  using Tally = protocol::EnumMap<Outcome, std::uint64_t>;
  /// All of them, or none. When it returns without an error, entries that are promised are on the
  /// disk.
  Stored<Tally> commit(std::span<const Entry> entries);
  /// Brings the log back into the database if it is long, or `always`. What cannot be brought back
  /// stays in the log, and is read from there.
  Stored<void> tidy(bool always = false);

  /// A few milliseconds of keeping it below so many bytes (retention.h); whether there is more.
  Stored<bool> trim(std::int64_t most_bytes);

  std::int64_t bytes() const;
  /// For what is done between transactions.
  SQLite::Database& database() { return *database_; }

 private:
  struct Log {
    std::int64_t pages = 0;  // since it was last begun anew
  };

  StoreFile(std::string path, StoreLock lock, std::unique_ptr<SQLite::Database> database,
            ReadTraits read_traits);

  std::string path_;
  StoreLock lock_;
  std::unique_ptr<Log> log_;
  std::unique_ptr<SQLite::Database> database_;
  std::unique_ptr<Ledger> ledger_;
  std::unique_ptr<Retention> retention_;
  bool is_synced_ = true;  // each commit waits for the disk
};

}  // namespace keisei::store

#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/counters.h"
#include "base/notices.h"
#include "store/backup_desk.h"
#include "store/store_file.h"
#include "store/store_options.h"

namespace keisei::store {

/// Writes batches while that is possible, and says so when it is not. What could not be written is
/// lost; the next batch is another try, unless the file itself is no good. For one thread.
class StoreWriter {
 public:
  /// Between two tries to open the file.
  static constexpr std::chrono::seconds kRetry{1};
  /// Between two looks at its size.
  static constexpr std::chrono::seconds kTrim{10};

  /// What becomes of entries.
  static CounterFamily<Outcome> outcomes(Counters& counters);

  StoreWriter(StoreOptions options, const Clock& clock, Counters& counters, Notices& notices);
  StoreWriter(StoreWriter&&) = default;
  ~StoreWriter();

  /// Opens the file if it is not open, and if it may be.
  bool is_open();
  /// One transaction for all of them; of each, whether it was kept. Where one has an entry that no
  /// table takes, each gets its own.
  std::vector<bool> write(std::span<const std::vector<Entry>> orders);
  /// A few milliseconds of what may be done when nobody waits for it, and another try to open the
  /// file; whether there is more of it.
  bool do_chores();

 private:
  enum class Attempt { kept, failed, entry_is_at_fault };
  Attempt write_as_one(std::span<const Entry> entries);
  bool trim();
  void give_up(const StoreError& error);
  void lose(const std::vector<Entry>& entries);

  const StoreOptions options_;
  const Clock& clock_;
  CounterFamily<Outcome> entries_;
  Counter& commits_;
  Gauge& bytes_;
  Topic& writing_;
  Topic& log_;
  Topic& faults_;
  std::optional<StoreFile> file_;
  bool is_unusable_ = false;
  SteadyTime next_try_{};
  SteadyTime next_trim_{};
  BackupDesk backups_;
  std::optional<Entry> owed_;  // what the run is; it could not be kept when it was heard
};

}  // namespace keisei::store

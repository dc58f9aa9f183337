#pragma once

#include <sqlite3.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "simulation/digest.h"
#include "simulation/disk_file.h"
#include "simulation/random.h"

namespace keisei::simulation {

/// The disk of the showcase's machine: while this lives, SQLite's files are on it, in memory. What
/// is written there outlives the process, and what is synced the machine. One at a time, for one
/// thread; whoever has a database open closes it before this goes.
class SimulatedDisk {
 public:
  explicit SimulatedDisk(Random random);
  ~SimulatedDisk();
  SimulatedDisk(const SimulatedDisk&) = delete;
  SimulatedDisk& operator=(const SimulatedDisk&) = delete;

  /// The process that has files open is killed: whatever it does with them from now on comes to
  /// nothing.
  void end_process();
  /// The machine loses power: as above, and of what was not synced any part is gone, in whole
  /// writes or torn ones.
  void lose_power();

  /// No file grows while it is full.
  void set_full(bool is_full) { is_full_ = is_full; }
  /// After so many more writes and syncs it is out of order and takes none; without a number it is
  /// not.
  void set_writes_left(std::optional<std::size_t> writes) { writes_left_ = writes; }
  std::optional<std::size_t> writes_left() const { return writes_left_; }
  /// Whether it takes all that is written.
  bool is_sound() const { return !is_full_ && !writes_left_; }
  /// How long each commit takes, besides what any does.
  void set_delay(std::chrono::milliseconds delay) { delay_ = delay; }
  std::chrono::milliseconds delay() const { return delay_; }
  /// What `change` makes of each file is in it, whatever it was.
  void spoil(const std::function<void(std::string& bytes)>& change);

  /// Memory that it takes.
  std::size_t bytes() const;
  void add_to(Digest& digest) const;

 private:
  friend struct DiskMethods;

  bool takes_a_write();

  sqlite3_vfs vfs_{};
  sqlite3_vfs* real_;
  Random random_;
  std::map<std::string, std::shared_ptr<DiskFile>> files_;
  bool is_full_ = false;
  std::optional<std::size_t> writes_left_;
  std::chrono::milliseconds delay_{0};
};

}  // namespace keisei::simulation

#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <map>
#include <memory>
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
  /// Nothing can be written or synced while it is out of order.
  void set_broken(bool is_broken) { is_broken_ = is_broken; }

  /// Memory that it takes.
  std::size_t bytes() const;
  void add_to(Digest& digest) const;

 private:
  friend struct DiskMethods;

  sqlite3_vfs vfs_{};
  sqlite3_vfs* real_;
  Random random_;
  std::map<std::string, std::shared_ptr<DiskFile>> files_;
  bool is_full_ = false;
  bool is_broken_ = false;
};

}  // namespace keisei::simulation

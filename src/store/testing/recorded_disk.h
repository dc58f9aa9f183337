#pragma once

#include <sqlite3.h>

#include <cstddef>
#include <map>
#include <random>
#include <string>
#include <vector>

namespace keisei::store::testing {

/// While this lives, SQLite opens files through it, and it writes down what is written and synced,
/// so that the disk after a power cut at any moment can be told. For one thread.
class RecordedDisk {
 public:
  RecordedDisk();
  ~RecordedDisk();
  RecordedDisk(const RecordedDisk&) = delete;
  RecordedDisk& operator=(const RecordedDisk&) = delete;

  /// How much has happened so far.
  std::size_t now() const { return events_.size(); }
  /// By path, what is on the disk when the power goes at `moment`: all that was synced by then, and
  /// of what was not, any part, in whole writes or torn ones.
  std::map<std::string, std::string> after_power_cut(std::size_t moment,
                                                     std::minstd_rand& random) const;

 private:
  friend struct RecordedFile;
  struct Event {
    enum class Kind { write, truncate, sync, remove } kind;
    std::string path;
    std::size_t at;  // of a write; the size, if it is cut
    std::string bytes;
  };

  sqlite3_vfs vfs_;
  sqlite3_vfs* real_;
  std::vector<Event> events_;
};

}  // namespace keisei::store::testing

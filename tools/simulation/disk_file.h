#pragma once

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "simulation/random.h"

namespace keisei::simulation {

/// Memory beside a file, in regions, that all who have it open share.
using SharedRegions = std::vector<std::unique_ptr<std::string>>;

/// Who has a file open, and what it has locked of it.
struct DiskHandle {
  static constexpr std::size_t kMemoryLocks = 8;  // SQLITE_SHM_NLOCK

  std::shared_ptr<SharedRegions> memory{};  // as long as this lives
  int lock = 0;                             // SQLITE_LOCK_NONE to SQLITE_LOCK_EXCLUSIVE
  std::array<bool, kMemoryLocks> shares{};
  std::array<bool, kMemoryLocks> excludes{};
};

/// One file of a simulated disk: what is in it, what of that would be there after a power cut, and
/// what those who have it open share. For one thread.
class DiskFile {
 public:
  std::string_view bytes() const { return bytes_; }
  void write(std::size_t at, std::string_view bytes);
  void truncate(std::size_t size);
  void sync();

  /// What is left after a power cut.
  void lose_unsynced(Random& random);
  /// Nobody has it open any more.
  void forget_handles();

  std::shared_ptr<DiskHandle> open();
  void close(const DiskHandle& handle);
  /// Locks as SQLite's unix files have them; whether it could be had.
  bool lock(DiskHandle& handle, int level);
  bool is_reserved() const;
  bool lock_memory(DiskHandle& handle, std::size_t first, std::size_t count, bool exclusive);
  static void unlock_memory(DiskHandle& handle, std::size_t first, std::size_t count);
  /// A region of the shared memory, which begins anew when nobody has the file open. Null if it is
  /// not there and is not to be made.
  char* memory(DiskHandle& handle, std::size_t region, std::size_t size, bool makes);

 private:
  struct Write {
    std::size_t at;
    std::string bytes;
    bool is_truncation;  // to `at`
  };
  static void apply(const Write& write, std::string& bytes);

  std::string bytes_;
  std::string synced_;
  std::vector<Write> unsynced_;
  std::vector<std::weak_ptr<DiskHandle>> handles_;
  std::shared_ptr<SharedRegions> memory_;
};

}  // namespace keisei::simulation

#include "rl/run/run_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace keisei::rl {

Result<RunLock> RunLock::take(const std::string& directory) {
  const std::string path = directory + "/.lock";
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (descriptor < 0) return fail(path + ": " + std::strerror(errno));
  RunLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) {
    // For whoever comes next; nothing depends on it.
    const std::string own = std::to_string(::getpid()) + "\n";
    if (::ftruncate(descriptor, 0) == 0) (void)!::pwrite(descriptor, own.data(), own.size(), 0);
    return lock;
  }
  // A file system without locks has nobody to protect.
  if (errno != EWOULDBLOCK) return lock;
  std::array<char, 32> owner{};
  const ssize_t size = ::pread(descriptor, owner.data(), owner.size() - 1, 0);
  std::string process = size > 0 ? owner.data() : "";
  process = process.substr(0, process.find('\n'));
  return fail(directory + " is in use by another trainer" +
              (process.empty() ? "" : " (process " + process + ")"));
}

RunLock::RunLock(RunLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

RunLock::~RunLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace keisei::rl

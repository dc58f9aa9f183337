#include "store/store_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace keisei::store {
namespace {

std::string holder_in(int descriptor) {
  std::array<char, 32> text{};
  const ssize_t got = ::pread(descriptor, text.data(), text.size(), 0);
  std::string digits;
  for (ssize_t i = 0; i < got && text[static_cast<std::size_t>(i)] != '\n'; ++i) {
    digits += text[static_cast<std::size_t>(i)];
  }
  return digits;
}

// For people: nothing depends on it.
void sign(int descriptor) {
  const std::string text = std::to_string(::getpid()) + "\n";
  if (::ftruncate(descriptor, 0) == 0) {
    [[maybe_unused]] const ssize_t written = ::pwrite(descriptor, text.data(), text.size(), 0);
  }
}

}  // namespace

StoreLock::StoreLock(StoreLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)) {}

StoreLock::~StoreLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<StoreLock> StoreLock::take(const std::string& store) {
  const std::string path = store + ".lock";
  StoreLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (lock.descriptor_ < 0) return fail(path + ": " + std::strerror(errno));
  if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) == 0) {
    sign(lock.descriptor_);
    return lock;
  }
  if (errno != EWOULDBLOCK) return fail(path + ": " + std::strerror(errno));
  return fail(
      ErrorCode::unavailable, {},
      store + ": another process (" + holder_in(lock.descriptor_) + ") keeps its show there");
}

}  // namespace keisei::store

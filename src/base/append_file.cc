#include "base/append_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace keisei {

AppendFile::AppendFile(int descriptor, std::string path, std::size_t size)
    : descriptor_(descriptor), path_(std::move(path)), size_(size) {}

AppendFile::AppendFile(AppendFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      size_(std::exchange(other.size_, 0)) {}

AppendFile::~AppendFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<AppendFile> AppendFile::open(const std::string& path, mode_t permissions) {
  return open_with(0, path, permissions);
}

Result<AppendFile> AppendFile::create(const std::string& path, mode_t permissions) {
  return open_with(O_EXCL, path, permissions);
}

Result<AppendFile> AppendFile::open_with(int flags, const std::string& path, mode_t permissions) {
  const int descriptor =
      ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | flags, permissions);
  if (descriptor < 0) {
    return fail(errno == EEXIST ? ErrorCode::unavailable : ErrorCode::failed, "",
                path + ": " + std::strerror(errno));
  }
  struct stat status {};
  const bool known = ::fstat(descriptor, &status) == 0;
  return AppendFile(descriptor, path, known ? static_cast<std::size_t>(status.st_size) : 0);
}

Result<void> AppendFile::append(std::string_view bytes) {
  ssize_t written = -1;
  do {
    written = ::write(descriptor_, bytes.data(), bytes.size());
  } while (written < 0 && errno == EINTR);
  if (written < 0) return fail(path_ + ": " + std::strerror(errno));
  const std::size_t before = size_;
  size_ += static_cast<std::size_t>(written);
  if (written == static_cast<ssize_t>(bytes.size())) return {};
  // Half of it would spoil what is appended next.
  const bool mended = cut_to(before);
  return fail(path_ + ": the disk is full" + (mended ? "" : "; half a line is left"));
}

std::size_t AppendFile::read(std::size_t at, std::span<char> bytes) const {
  ssize_t got = -1;
  do {
    got = ::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(at));
  } while (got < 0 && errno == EINTR);
  return got < 0 ? 0 : static_cast<std::size_t>(got);
}

bool AppendFile::cut_to(std::size_t size) {
  if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) return false;
  size_ = size;
  return true;
}

}  // namespace keisei

#include "rl/run_log.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace keisei::rl {

RunLog::RunLog(int descriptor, std::string path)
    : descriptor_(descriptor), path_(std::move(path)) {}

RunLog::RunLog(RunLog&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

RunLog::~RunLog() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<RunLog> RunLog::open(const std::string& path, std::string_view header) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (descriptor < 0) return fail(path + ": " + std::strerror(errno));
  RunLog log(descriptor, path);
  struct stat status {};
  if (!header.empty() && ::fstat(descriptor, &status) == 0 && status.st_size == 0) {
    if (Result<void> written = log.append(header); !written) return tl::unexpected(written.error());
  }
  return log;
}

Result<void> RunLog::append(std::string_view line) {
  const std::string text = std::string(line) + '\n';
  const ssize_t written = ::write(descriptor_, text.data(), text.size());
  if (written == static_cast<ssize_t>(text.size())) return {};
  if (written < 0) return fail(path_ + ": " + std::strerror(errno));
  // Half a line would spoil the next one too.
  const off_t end = ::lseek(descriptor_, 0, SEEK_END);
  const bool mended = end >= written && ::ftruncate(descriptor_, end - written) == 0;
  return fail(path_ + ": the disk is full" + (mended ? "" : "; half a line is left"));
}

}  // namespace keisei::rl

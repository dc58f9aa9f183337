#include "hook/transport/spill_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace keisei::hook {

SpillFile::SpillFile(const std::string& path, std::size_t max_bytes) : max_bytes_(max_bytes) {
  if (path.empty()) return;
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  struct stat status {};
  if (file_ < 0 || ::fstat(file_, &status) != 0) return;
  size_ = static_cast<std::size_t>(status.st_size);
  char last = '\n';
  if (size_ > 0 && ::pread(file_, &last, 1, static_cast<off_t>(size_ - 1)) == 1 && last != '\n') {
    // Cut off by the end of the process before: it gets a line of its own.
    if (::write(file_, "\n", 1) == 1) ++size_;
  }
  inherited_ = size_;
}

SpillFile::~SpillFile() {
  if (file_ >= 0) ::close(file_);
}

void SpillFile::cut_to(std::size_t size) {
  if (::ftruncate(file_, static_cast<off_t>(size)) == 0) size_ = size;
}

bool SpillFile::append(const std::string& line) {
  if (file_ < 0 || size_ + line.size() + 1 > max_bytes_) return false;
  const std::string bytes = line + '\n';
  const ssize_t written = ::write(file_, bytes.data(), bytes.size());
  if (written == static_cast<ssize_t>(bytes.size())) {
    size_ += bytes.size();
    return true;
  }
  if (written > 0) {
    const std::size_t before = size_;
    size_ += static_cast<std::size_t>(written);
    cut_to(before);
  }
  return false;
}

std::optional<std::string> SpillFile::peek() {
  std::string line;
  std::array<char, 16384> buffer;
  for (std::size_t at = next_; at < size_;) {
    const ssize_t read = ::pread(file_, buffer.data(), buffer.size(), static_cast<off_t>(at));
    if (read < 0 && errno == EINTR) continue;
    if (read <= 0) break;
    line.append(buffer.data(), static_cast<std::size_t>(read));
    const std::size_t end = line.find('\n');
    if (end != std::string::npos) {
      next_end_ = next_ + end + 1;
      line.resize(end);
      return line;
    }
    at += static_cast<std::size_t>(read);
  }
  next_ = size_;  // unreadable: given up
  return std::nullopt;
}

void SpillFile::take(std::uint64_t seq) {
  next_ = next_end_;
  sent_.push_back({seq, next_});
}

std::size_t SpillFile::acknowledge(std::uint64_t seq) {
  std::size_t own = 0;
  for (; !sent_.empty() && sent_.front().seq <= seq; sent_.pop_front()) {
    done_ = sent_.front().end;
    if (done_ > inherited_ && sent_.front().seq > 0) ++own;
  }
  if (size_ > 0 && done_ == size_) {
    cut_to(0);
    done_ = next_ = inherited_ = size_;
  }
  return own;
}

void SpillFile::lost() {
  next_ = done_;
  sent_.clear();
}

}  // namespace keisei::hook

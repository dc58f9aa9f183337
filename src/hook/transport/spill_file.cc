#include "hook/transport/spill_file.h"

#include <array>
#include <utility>

namespace keisei::hook {

SpillFile::SpillFile(const std::string& path, std::size_t max_bytes)
    : path_(path), max_bytes_(max_bytes) {
  if (path.empty()) return;
  Result<AppendFile> opened = AppendFile::open(path, 0600);
  if (!opened) {
    problem_ = std::move(opened.error().message);
    return;
  }
  file_.emplace(std::move(*opened));
  if (bytes() == 0) return;
  char last = '\n';
  file_->read(bytes() - 1, {&last, 1});
  // Cut off by the end of the process before: it gets a line of its own.
  torn_ = last != '\n' && !file_->append("\n");
  inherited_ = bytes();
}

Result<void> SpillFile::append(const std::string& line) {
  if (!file_) return fail(problem_);
  if (bytes() + line.size() + 1 > max_bytes_) {
    return fail(path_ + " may not grow beyond " + std::to_string(max_bytes_) + " bytes");
  }
  const std::size_t before = bytes();
  Result<void> appended = file_->append((torn_ ? "\n" : "") + line + '\n');
  torn_ = appended ? false : torn_ || bytes() > before;
  return appended;
}

std::optional<std::string> SpillFile::peek() {
  if (empty()) return std::nullopt;
  std::string line;
  std::array<char, 16384> buffer;
  for (std::size_t at = next_; at < bytes();) {
    const std::size_t read = file_->read(at, buffer);
    if (read == 0) {
      unreadable_ = true;
      return std::nullopt;
    }
    line.append(buffer.data(), read);
    const std::size_t end = line.find('\n');
    if (end != std::string::npos) {
      next_end_ = next_ + end + 1;
      line.resize(end);
      return line;
    }
    at += read;
  }
  next_end_ = bytes();  // half a line
  return line;
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
  if (bytes() > 0 && done_ == bytes()) {
    (void)file_->cut_to(0);
    done_ = next_ = inherited_ = bytes();
  }
  return own;
}

void SpillFile::lost() {
  next_ = done_;
  unreadable_ = false;
  sent_.clear();
}

}  // namespace keisei::hook

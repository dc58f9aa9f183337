#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>

#include "base/append_file.h"
#include "base/result.h"

namespace keisei::hook {

/// A file of messages, one line each, that wait for a showcase: first in, first out, bounded. It is
/// emptied when all of its lines have been confirmed, so what is lost or repeated when the process
/// is killed are confirmations, never messages. A line that was cut off by the end of a process is
/// for the reader to skip. What cannot be read is not emptied either: it waits for another attempt.
///
/// A system call for each append; no other thread or process may use the file.
class SpillFile {
 public:
  /// An empty path, or a file that cannot be opened, gives one that holds nothing.
  SpillFile(const std::string& path, std::size_t max_bytes);
  SpillFile(const SpillFile&) = delete;
  SpillFile& operator=(const SpillFile&) = delete;

  bool is_open() const { return file_.has_value(); }
  /// Why the file could not be opened.
  const std::string& problem() const { return problem_; }

  /// `line`: without a line end. An error if there is no room or no file, or the disk is full.
  Result<void> append(const std::string& line);

  /// Whether every line has been taken that can be read on this connection.
  bool empty() const { return unreadable_ || next_ >= bytes(); }
  /// The next line, until `take`; none when there is none left, or when it cannot be read.
  std::optional<std::string> peek();
  /// It went out as message `seq`; 0 for a line that was skipped.
  void take(std::uint64_t seq);

  /// Returns how many lines appended by this object that finishes.
  std::size_t acknowledge(std::uint64_t seq);
  /// The connection is gone: what it did not acknowledge is to be sent again.
  void lost();

  std::size_t bytes() const { return file_ ? file_->size() : 0; }
  /// Where the next line begins, and up to where all is confirmed.
  std::size_t position() const { return next_; }
  std::size_t confirmed() const { return done_; }

 private:
  struct Sent {
    std::uint64_t seq;
    std::size_t end;  // offset behind the line
  };

  std::string path_;
  std::string problem_;
  std::optional<AppendFile> file_;
  std::size_t max_bytes_;
  std::size_t inherited_ = 0;  // bytes that an earlier process left
  std::size_t done_ = 0;       // offset up to which all is confirmed
  std::size_t next_ = 0;       // offset of the next line to be sent
  std::size_t next_end_ = 0;   // behind it, once peeked
  bool unreadable_ = false;    // the next line, until the connection is gone
  bool torn_ = false;          // the file ends in half a line
  std::deque<Sent> sent_;
};

}  // namespace keisei::hook

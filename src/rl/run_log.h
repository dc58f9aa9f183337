#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace keisei::rl {

/// A file of lines, one JSON object or row of values each. A line is written by one system call to
/// a file opened for appending, so that readers never see half of one that a crash did not cut, and
/// what a resumed run adds comes after what was there.
class RunLog {
 public:
  /// A file that is new or empty begins with the header, if there is one.
  static Result<RunLog> open(const std::string& path, std::string_view header = {});
  RunLog(RunLog&& other) noexcept;
  RunLog& operator=(RunLog&&) = delete;
  ~RunLog();

  /// An error says why nothing of the line is in the file; the log can be used further.
  Result<void> append(std::string_view line);

 private:
  RunLog(int descriptor, std::string path);

  int descriptor_;
  std::string path_;
};

}  // namespace keisei::rl

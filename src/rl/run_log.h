#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "base/append_file.h"
#include "base/result.h"

namespace keisei::rl {

/// A file of lines, one JSON object or row of values each. Readers never see half of a line that a
/// crash did not cut, and what a resumed run adds comes after what was there.
class RunLog {
 public:
  /// A file that is new or empty begins with the header, if there is one.
  static Result<RunLog> open(const std::string& path, std::string_view header = {});

  /// An error says why nothing of the line is in the file; the log can be used further.
  Result<void> append(std::string_view line);

 private:
  explicit RunLog(AppendFile file) : file_(std::move(file)) {}

  AppendFile file_;
};

}  // namespace keisei::rl

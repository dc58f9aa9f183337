#pragma once

#include <string_view>

namespace keisei::shogi {

/// The lines of a text with their numbers, whether they end in LF, CR LF or, in a text without any
/// LF, in CR.
class Lines {
 public:
  explicit Lines(std::string_view text)
      : rest_(text), end_(text.find('\n') == std::string_view::npos ? '\r' : '\n') {}

  /// Moves on to the next line; false after the last.
  bool next() {
    if (rest_.empty()) return false;
    ++number_;
    const auto end = rest_.find(end_);
    line_ = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    while (line_.ends_with('\r')) line_.remove_suffix(1);
    return true;
  }

  std::string_view line() const { return line_; }
  /// From 1.
  int number() const { return number_; }

 private:
  std::string_view rest_;
  char end_;
  std::string_view line_;
  int number_ = 0;
};

}  // namespace keisei::shogi

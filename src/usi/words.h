#pragma once

#include <charconv>
#include <optional>
#include <string_view>

namespace keisei::usi {

/// A line of USI, word by word.
class Words {
 public:
  explicit Words(std::string_view line) : rest_(line) { skip_spaces(); }

  bool done() const { return rest_.empty(); }
  /// Empty at the end.
  std::string_view take() {
    const std::string_view word = rest_.substr(0, rest_.find_first_of(kSpaces));
    rest_.remove_prefix(word.size());
    skip_spaces();
    return word;
  }
  bool take(std::string_view word) {
    if (peek() != word) return false;
    take();
    return true;
  }
  std::string_view peek() const { return rest_.substr(0, rest_.find_first_of(kSpaces)); }
  /// What follows, without the spaces around it.
  std::string_view rest() const { return rest_.substr(0, rest_.find_last_not_of(kSpaces) + 1); }

 private:
  static constexpr std::string_view kSpaces = " \t\r";

  void skip_spaces() {
    const auto begin = rest_.find_first_not_of(kSpaces);
    rest_.remove_prefix(begin == std::string_view::npos ? rest_.size() : begin);
  }

  std::string_view rest_;
};

inline std::optional<long long> whole_number(std::string_view text) {
  long long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace keisei::usi

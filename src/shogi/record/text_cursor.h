#pragma once

#include <string_view>
#include <utility>

namespace keisei::shogi {

/// Takes known words off the front of a UTF-8 text.
class TextCursor {
 public:
  explicit TextCursor(std::string_view text) : rest_(text) {}

  std::string_view rest() const { return rest_; }
  bool done() const { return rest_.empty(); }

  bool take(std::string_view word) {
    if (word.empty() || rest_.size() < word.size()) return false;
    // Kanji and wide characters differ in their last byte more often than in the first ones.
    if (rest_[word.size() - 1] != word.back() || !rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  /// The index of the first of the words that comes next, -1 if none does.
  template <typename Words>
  int take_any(const Words& words) {
    int i = 0;
    for (const std::string_view word : words) {
      if (take(word)) return i;
      ++i;
    }
    return -1;
  }

  /// Narrow and wide spaces; whether there were any.
  bool skip_spaces() {
    bool any = false;
    while (take(" ") || take("　") || take("\t")) any = true;
    return any;
  }

  /// A number of at most six ASCII digits, -1 if there is none.
  int take_number() {
    int number = -1;
    for (int digits = 0; digits < 6 && !rest_.empty(); ++digits) {
      const char c = rest_.front();
      if (c < '0' || c > '9') break;
      number = (number < 0 ? 0 : number) * 10 + (c - '0');
      rest_.remove_prefix(1);
    }
    return number;
  }

 private:
  std::string_view rest_;
};

/// Without the spaces, narrow and wide, around it.
inline std::string_view trimmed(std::string_view text) {
  TextCursor cursor(text);
  cursor.skip_spaces();
  text = cursor.rest();
  constexpr std::string_view kSpaces[] = {" ", "　", "\t"};
  for (bool trimming = true; trimming;) {
    trimming = false;
    for (const std::string_view space : kSpaces) {
      if (!text.ends_with(space)) continue;
      text.remove_suffix(space.size());
      trimming = true;
    }
  }
  return text;
}

}  // namespace keisei::shogi

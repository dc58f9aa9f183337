#pragma once

#include <cstddef>
#include <string_view>

namespace keisei {

/// Tells well-formed UTF-8 (Unicode 15, table 3-7: no overlong forms, no surrogates, nothing above
/// U+10FFFF) byte by byte: what cannot become well-formed any more is refused at its first such
/// byte.
class Utf8Checker {
 public:
  /// False once a text cannot begin with all that has been fed; then it is of no more use.
  constexpr bool feed(std::string_view bytes) {
    for (const char byte : bytes) {
      if (!take(static_cast<unsigned char>(byte))) return false;
    }
    return true;
  }
  /// Whether no character is cut short.
  constexpr bool is_whole() const { return left_ == 0; }

 private:
  constexpr bool take(unsigned byte) {
    if (left_ > 0) {
      if (byte < low_ || byte > high_) return false;
      --left_;
      low_ = 0x80;
      high_ = 0xBF;
      return true;
    }
    if (byte < 0x80) return true;
    if (byte >= 0xC2 && byte <= 0xDF) {
      left_ = 1;
    } else if (byte >= 0xE0 && byte <= 0xEF) {
      left_ = 2;
      if (byte == 0xE0) low_ = 0xA0;
      if (byte == 0xED) high_ = 0x9F;
    } else if (byte >= 0xF0 && byte <= 0xF4) {
      left_ = 3;
      if (byte == 0xF0) low_ = 0x90;
      if (byte == 0xF4) high_ = 0x8F;
    } else {
      return false;
    }
    return true;
  }

  unsigned char left_ = 0;                  // bytes of the character to come
  unsigned char low_ = 0x80, high_ = 0xBF;  // that the next of them lies between
};

/// Bytes of the well-formed character that `text` begins with; 0 if it is ill-formed or `text` is
/// empty.
constexpr std::size_t utf8_length(std::string_view text) {
  Utf8Checker checker;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!checker.feed(text.substr(i, 1))) return 0;
    if (checker.is_whole()) return i + 1;
  }
  return 0;
}

/// Whether all of it is well-formed; nothing is.
constexpr bool is_utf8(std::string_view text) {
  Utf8Checker checker;
  return checker.feed(text) && checker.is_whole();
}

}  // namespace keisei

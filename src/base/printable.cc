#include "base/printable.h"

#include <array>
#include <cstdio>

#include "base/utf8.h"

namespace keisei {
namespace {

constexpr std::string_view kCut = "…";

// U+0000 to U+001F, U+007F to U+009F, and what turns lines and directions around: U+2028, U+2029,
// U+202A to U+202E, U+2066 to U+2069.
bool is_control(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  switch (character.size()) {
    case 1:
      return byte(0) < 0x20 || byte(0) == 0x7F;
    case 2:
      return byte(0) == 0xC2 && byte(1) < 0xA0;
    case 3:
      return byte(0) == 0xE2 && ((byte(1) == 0x80 && byte(2) >= 0xA8 && byte(2) <= 0xAE) ||
                                 (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9));
    default:
      return false;
  }
}

std::string escaped(std::string_view bytes) {
  if (bytes == "\n") return "\\n";
  if (bytes == "\r") return "\\r";
  if (bytes == "\t") return "\\t";
  std::string result;
  for (const char byte : bytes) {
    std::array<char, 5> hex{};
    std::snprintf(hex.data(), hex.size(), "\\x%02x", static_cast<unsigned char>(byte));
    result += hex.data();
  }
  return result;
}

}  // namespace

std::string printable(std::string_view text, std::size_t most_bytes) {
  std::string result;
  std::size_t cut = 0;  // where the line ends if it has to make room for the sign
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    const std::string_view character = text.substr(0, length == 0 ? 1 : length);
    const std::string shown =
        length == 0 || is_control(character) ? escaped(character) : std::string(character);
    if (result.size() + shown.size() > most_bytes) {
      result.resize(cut);
      if (most_bytes >= kCut.size()) result += kCut;
      return result;
    }
    result += shown;
    if (result.size() + kCut.size() <= most_bytes) cut = result.size();
    text.remove_prefix(character.size());
  }
  return result;
}

}  // namespace keisei

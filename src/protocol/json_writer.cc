#include "protocol/json_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "base/utf8.h"

namespace keisei::protocol {
namespace {

constexpr std::int64_t kMaxExactInteger = std::int64_t{1} << 53;

void trim_zeros(std::string& out, std::size_t begin) {
  if (out.find('.', begin) == std::string::npos) return;
  while (out.back() == '0') out.pop_back();
  if (out.back() == '.') out.pop_back();
}

/// `value` is finite. Magnitudes from 1e-5 to 1e15 are written without an exponent.
void append_digits(std::string& out, double value, int digits) {
  if (value == 0) {
    out += '0';
    return;
  }
  const double magnitude = std::abs(value);
  std::array<char, 64> buffer;
  char* const begin = buffer.data();
  char* const end = begin + buffer.size();
  std::to_chars_result result{};
  if (magnitude < 1e-5 || magnitude >= 1e15) {
    result = std::to_chars(begin, end, value, std::chars_format::scientific, digits - 1);
    const std::string_view text(begin, static_cast<std::size_t>(result.ptr - begin));
    const std::size_t exponent = text.find('e');
    const std::size_t start = out.size();
    out += text.substr(0, exponent);
    trim_zeros(out, start);
    out += text.substr(exponent);
    return;
  }
  const int before_point = static_cast<int>(std::floor(std::log10(magnitude))) + 1;
  result = std::to_chars(begin, end, value, std::chars_format::fixed,
                         std::max(0, digits - before_point));
  const std::size_t start = out.size();
  out.append(begin, result.ptr);
  trim_zeros(out, start);
}

}  // namespace

void append_number(std::string& out, double value, int digits) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  append_digits(out, value, digits);
}

void append_integer(std::string& out, std::int64_t value) {
  value = std::clamp(value, -kMaxExactInteger, kMaxExactInteger);
  std::array<char, 24> buffer;
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  out.append(buffer.data(), result.ptr);
}

void append_text(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  while (!text.empty()) {
    const char c = text.front();
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      out += "\xEF\xBF\xBD";
      text.remove_prefix(1);
      continue;
    }
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (length == 1 && (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)) {
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4U];
      out += kHex[static_cast<unsigned char>(c) & 0xFU];
    } else {
      out += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  out += '"';
}

}  // namespace keisei::protocol

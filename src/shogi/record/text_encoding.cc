#include "shogi/record/text_encoding.h"

#include <fmt/format.h>
#include <iconv.h>

#include <array>
#include <cerrno>

namespace keisei::shogi {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

Result<std::string> convert(std::string_view bytes, const char* to, const char* from) {
  const iconv_t converter = iconv_open(to, from);
  if (converter == reinterpret_cast<iconv_t>(-1)) {  // NOLINT(performance-no-int-to-ptr)
    return fail(fmt::format("this system cannot convert {} to {}", from, to));
  }
  std::string converted;
  std::array<char, 4096> buffer;
  // iconv() takes a pointer to char for historical reasons; it does not write through it.
  char* in = const_cast<char*>(bytes.data());
  std::size_t in_left = bytes.size();
  bool good = true;
  while (in_left > 0 && good) {
    char* out = buffer.data();
    std::size_t out_left = buffer.size();
    const auto result = iconv(converter, &in, &in_left, &out, &out_left);
    good = result != static_cast<std::size_t>(-1) || errno == E2BIG;
    converted.append(buffer.data(), buffer.size() - out_left);
  }
  iconv_close(converter);
  if (!good) {
    return fail(fmt::format("byte {} cannot be converted from {} to {}", bytes.size() - in_left + 1,
                            from, to));
  }
  return converted;
}

/// The length of the well-formed sequence at the start (Unicode, table 3-7), 0 if there is none.
std::size_t sequence_length(std::string_view bytes) {
  const auto byte = [&](std::size_t i) {
    return i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return continues(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    if (lead == 0xE0 && byte(1) < 0xA0) return 0;  // overlong
    if (lead == 0xED && byte(1) > 0x9F) return 0;  // surrogates
    return continues(1) && continues(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    if (lead == 0xF0 && byte(1) < 0x90) return 0;  // overlong
    if (lead == 0xF4 && byte(1) > 0x8F) return 0;  // beyond U+10FFFF
    return continues(1) && continues(2) && continues(3) ? 4 : 0;
  }
  return 0;
}

}  // namespace

bool is_valid_utf8(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto length = sequence_length(bytes);
    if (length == 0) return false;
    bytes.remove_prefix(length);
  }
  return true;
}

Result<std::string> to_utf8(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (is_valid_utf8(bytes)) return std::string(bytes);
  return convert(bytes, "UTF-8", "CP932");
}

Result<std::string> to_shift_jis(std::string_view utf8) { return convert(utf8, "CP932", "UTF-8"); }

}  // namespace keisei::shogi

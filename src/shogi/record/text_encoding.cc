#include "shogi/record/text_encoding.h"

#include <fmt/format.h>
#include <iconv.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "base/utf8.h"

namespace keisei::shogi {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::string_view without_mark(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  return bytes;
}

struct Conversion {
  std::string text;
  std::vector<std::size_t> escapes;  // where in the text a byte is kept as "\xNN"
  std::size_t first_bad_byte = 0;    // from 1; 0 if there is none
};

void keep_as_escape(Conversion& converted, char byte) {
  converted.escapes.push_back(converted.text.size());
  converted.text += fmt::format("\\x{:02X}", static_cast<unsigned char>(byte));
}

/// Converts all that it can.
Result<Conversion> convert(std::string_view bytes, const char* to, const char* from) {
  const iconv_t converter = iconv_open(to, from);
  if (converter == reinterpret_cast<iconv_t>(-1)) {  // NOLINT(performance-no-int-to-ptr)
    return fail(fmt::format("this system cannot convert {} to {}", from, to));
  }
  Conversion converted;
  std::array<char, 4096> buffer;
  // iconv() takes a pointer to char for historical reasons; it does not write through it.
  char* in = const_cast<char*>(bytes.data());
  std::size_t in_left = bytes.size();
  while (in_left > 0) {
    char* out = buffer.data();
    std::size_t out_left = buffer.size();
    const auto result = iconv(converter, &in, &in_left, &out, &out_left);
    const bool good = result != static_cast<std::size_t>(-1) || errno == E2BIG;
    converted.text.append(buffer.data(), buffer.size() - out_left);
    if (good) continue;
    if (converted.first_bad_byte == 0) converted.first_bad_byte = bytes.size() - in_left + 1;
    keep_as_escape(converted, *in);
    ++in;
    --in_left;
  }
  iconv_close(converter);
  return converted;
}

/// The converter would let characters of five and six bytes pass, which UTF-8 no longer has.
Conversion keep_utf8(std::string_view bytes) {
  Conversion kept;
  while (!bytes.empty()) {
    const std::size_t length = utf8_length(bytes);
    if (length == 0) keep_as_escape(kept, bytes.front());
    kept.text += bytes.substr(0, length);
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return kept;
}

Result<std::string> convert_all(std::string_view bytes, const char* to, const char* from) {
  auto converted = convert(bytes, to, from);
  if (!converted) return tl::unexpected(converted.error());
  if (converted->first_bad_byte == 0) return std::move(converted->text);
  return fail(fmt::format("byte {} cannot be converted from {} to {}", converted->first_bad_byte,
                          from, to));
}

/// Whether the bytes fall into the characters of EUC-JP: ASCII, pairs of bytes from A1 on, 8E with
/// a half-width katakana, 8F with a pair.
bool is_euc_jp(std::string_view bytes) {
  const auto in_range = [&](std::size_t i, unsigned low, unsigned high) {
    const unsigned byte = i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U;
    return byte >= low && byte <= high;
  };
  while (!bytes.empty()) {
    std::size_t length = 0;
    if (in_range(0, 0, 0x7F)) {
      length = 1;
    } else if (in_range(0, 0x8E, 0x8E) && in_range(1, 0xA1, 0xDF)) {
      length = 2;
    } else if (in_range(0, 0x8F, 0x8F) && in_range(1, 0xA1, 0xFE) && in_range(2, 0xA1, 0xFE)) {
      length = 3;
    } else if (in_range(0, 0xA1, 0xFE) && in_range(1, 0xA1, 0xFE)) {
      length = 2;
    } else {
      return false;
    }
    bytes.remove_prefix(length);
  }
  return true;
}

/// The converter takes such bytes for control characters, as if all were well.
bool has_bytes_foreign_to_euc_jp(std::string_view bytes) {
  return std::any_of(bytes.begin(), bytes.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 && byte <= 0xA0 && byte != 0x8E && byte != 0x8F;
  });
}

bool names_shift_jis(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find_first_of("\r\n"));
  constexpr std::string_view kNames[] = {"encoding=Shift_JIS", "encoding=SHIFT_JIS",
                                         "encoding=shift_jis"};
  return std::any_of(std::begin(kNames), std::end(kNames), [&](std::string_view name) {
    return line.find(name) != std::string_view::npos;
  });
}

std::vector<int> lines_of(const Conversion& converted) {
  const char line_end = converted.text.find('\n') == std::string::npos ? '\r' : '\n';
  std::vector<int> lines;
  int line = 1;
  std::size_t at = 0;
  for (const std::size_t escape : converted.escapes) {
    for (; at < escape; ++at) line += converted.text[at] == line_end ? 1 : 0;
    if (lines.empty() || lines.back() != line) lines.push_back(line);
  }
  return lines;
}

/// Of bytes whose mark has been taken away.
Result<std::string> all_to_utf8(std::string_view bytes) {
  if (is_utf8(bytes)) return std::string(bytes);
  const bool may_be_euc_jp = is_euc_jp(bytes);
  if (may_be_euc_jp && !names_shift_jis(bytes)) {
    if (auto text = convert_all(bytes, "UTF-8", "EUC-JP")) return text;
  }
  auto text = convert_all(bytes, "UTF-8", "CP932");
  if (text || !may_be_euc_jp) return text;
  if (auto euc_jp = convert_all(bytes, "UTF-8", "EUC-JP")) return euc_jp;
  return text;
}

}  // namespace

Result<std::string> to_utf8(std::string_view bytes) { return all_to_utf8(without_mark(bytes)); }

DecodedText decode(std::string_view bytes) {
  bytes = without_mark(bytes);
  if (auto text = all_to_utf8(bytes)) return {std::move(*text), {}};
  Conversion best = keep_utf8(bytes);
  for (const char* encoding : {"CP932", "EUC-JP"}) {
    if (encoding == std::string_view("EUC-JP") && has_bytes_foreign_to_euc_jp(bytes)) continue;
    auto converted = convert(bytes, "UTF-8", encoding);
    if (converted && converted->escapes.size() < best.escapes.size()) best = std::move(*converted);
  }
  std::vector<int> damaged_lines = lines_of(best);
  return {std::move(best.text), std::move(damaged_lines)};
}

Result<std::string> to_shift_jis(std::string_view utf8) {
  return convert_all(utf8, "CP932", "UTF-8");
}

}  // namespace keisei::shogi

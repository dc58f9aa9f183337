#include "shogi/record/text_encoding.h"

#include <fmt/format.h>
#include <iconv.h>

#include <array>
#include <cerrno>

#include "base/utf8.h"

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

}  // namespace

Result<std::string> to_utf8(std::string_view bytes) {
  if (bytes.starts_with(kByteOrderMark)) bytes.remove_prefix(kByteOrderMark.size());
  if (is_utf8(bytes)) return std::string(bytes);
  return convert(bytes, "UTF-8", "CP932");
}

Result<std::string> to_shift_jis(std::string_view utf8) { return convert(utf8, "CP932", "UTF-8"); }

}  // namespace keisei::shogi

#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

/// How the store's blobs are written: little-endian, whole numbers as LEB128.
namespace keisei::store {

static_assert(std::endian::native == std::endian::little);

class ByteWriter {
 public:
  void byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
  void whole(std::uint64_t value) {
    for (; value >= 0x80U; value >>= 7U) byte(static_cast<std::uint8_t>(value | 0x80U));
    byte(static_cast<std::uint8_t>(value));
  }
  /// Small ones of either sign take little room.
  void signed_whole(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    whole((bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0));
  }
  template <class Fixed>
  void fixed(Fixed value) {
    char raw[sizeof value];
    std::memcpy(raw, &value, sizeof value);
    bytes_.append(raw, sizeof value);
  }
  void text(std::string_view text) {
    whole(text.size());
    bytes_ += text;
  }
  std::string take() { return std::exchange(bytes_, {}); }

 private:
  std::string bytes_;
};

/// Behind the end everything is zero and empty.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : bytes_(bytes) {}

  bool is_at_end() const { return bytes_.empty(); }
  std::uint8_t byte() {
    const std::string_view one = raw(1);
    return one.empty() ? std::uint8_t{0} : static_cast<std::uint8_t>(one.front());
  }
  std::uint64_t whole() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      const std::uint8_t next = byte();
      value |= static_cast<std::uint64_t>(next & 0x7FU) << shift;
      if ((next & 0x80U) == 0) break;
    }
    return value;
  }
  std::int64_t signed_whole() {
    const std::uint64_t bits = whole();
    return static_cast<std::int64_t>((bits >> 1U) ^ (~(bits & 1U) + 1));
  }
  template <class Fixed>
  Fixed fixed() {
    Fixed value{};
    const std::string_view bytes = raw(sizeof value);
    if (bytes.size() == sizeof value) std::memcpy(&value, bytes.data(), sizeof value);
    return value;
  }
  std::string_view text() { return raw(static_cast<std::size_t>(whole())); }

 private:
  std::string_view raw(std::size_t count) {
    const std::string_view found = bytes_.substr(0, count);
    bytes_.remove_prefix(found.size());
    return found.size() == count ? found : std::string_view{};
  }

  std::string_view bytes_;
};

}  // namespace keisei::store

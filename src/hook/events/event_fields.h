#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>

/// What the fields of an event are made of: trivially copyable, of fixed size, without pointers.
namespace keisei::hook {

inline constexpr float kUnknown = std::numeric_limits<float>::quiet_NaN();

/// Copies what fits, with a terminating zero behind it and zeros up to the end.
template <std::size_t kSize>
void copy_text(std::string_view text, std::array<char, kSize>& to) {
  const std::size_t length = std::min(text.size(), kSize - 1);
  std::copy_n(text.begin(), length, to.begin());
  std::fill(to.begin() + static_cast<std::ptrdiff_t>(length), to.end(), '\0');
}

/// A short text, zero-terminated. What is longer is cut off.
template <std::size_t kSize>
struct Text : std::array<char, kSize> {
  Text() : std::array<char, kSize>{} {}
  Text(std::string_view text) { copy_text(text, *this); }
  Text(const char* text) : Text(std::string_view(text)) {}
  Text(const std::string& text) : Text(std::string_view(text)) {}
  std::string_view view() const { return {this->data(), strnlen(this->data(), kSize)}; }
};

/// USI, at most 7 characters: "7g7f+", "P*5e".
struct UsiText : Text<8> {
  using Text<8>::Text;
};
/// SFEN. The longest legal one has 127 characters + move number.
struct SfenText : Text<144> {
  using Text<144>::Text;
};

/// Up to `kMost` items. `count` is trusted no further than the array reaches.
template <class T, int kMost>
struct List {
  static constexpr std::size_t kCapacity = kMost;

  std::int32_t count = 0;
  std::array<T, kMost> items{};

  std::size_t size() const {
    return std::min(static_cast<std::size_t>(std::max(count, 0)), kCapacity);
  }
  bool empty() const { return size() == 0; }
  const T* begin() const { return items.data(); }
  const T* end() const { return items.data() + size(); }
  const T& operator[](std::size_t index) const { return items[index]; }
  T& operator[](std::size_t index) { return items[index]; }
  /// False when there is no room.
  bool add(const T& item) {
    if (size() == kCapacity) return false;
    items[size()] = item;
    ++count;
    return true;
  }
};

}  // namespace keisei::hook

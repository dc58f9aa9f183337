#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// What was on air for some seconds, packed.
namespace keisei::past {

/// A message in one of its forms.
struct Entry {
  bool is_present;         // it was on air before the block began
  std::uint32_t after_ms;  // the block's beginning
  std::uint8_t message;    // protocol::message_index
  std::uint8_t variants;   // a bit for each that reads so
  std::string_view json;
};

void append(std::string& text, const Entry& entry);
/// The next one, which refers to the text; none at its end.
std::optional<Entry> take(std::string_view& text);

/// Entries from one moment on; what was on air by then comes first. Never changed.
struct FrameBlock {
  std::int64_t begin;  // milliseconds since the epoch
  std::string packed;
  std::size_t text_size;
};

std::shared_ptr<const FrameBlock> pack(std::int64_t begin, std::string_view text);
std::string unpack(const FrameBlock& block);

}  // namespace keisei::past

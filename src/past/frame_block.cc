#include "past/frame_block.h"

#include <zstd.h>

#include <cstring>
#include <stdexcept>

namespace keisei::past {
namespace {

// They lie in this process's memory only, and are read as they were written.
struct EntryHeader {
  std::uint32_t after_ms;
  std::uint32_t json_size;
  std::uint8_t is_present;
  std::uint8_t message;
  std::uint8_t variants;
  std::uint8_t unused;
};

// Most of what is packed repeats; more is hardly smaller, and takes twice as long.
constexpr int kLevel = 6;

// Only running out of memory makes these fail.
std::size_t checked(std::size_t result) {
  if (ZSTD_isError(result) != 0) throw std::runtime_error(ZSTD_getErrorName(result));
  return result;
}

}  // namespace

void append(std::string& text, const Entry& entry) {
  const EntryHeader header{entry.after_ms,
                           static_cast<std::uint32_t>(entry.json.size()),
                           static_cast<std::uint8_t>(entry.is_present ? 1 : 0),
                           entry.message,
                           entry.variants,
                           0};
  text.append(reinterpret_cast<const char*>(&header), sizeof header);
  text.append(entry.json);
}

std::optional<Entry> take(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  EntryHeader header{};
  std::memcpy(&header, text.data(), sizeof header);
  text.remove_prefix(sizeof header);
  const Entry entry{header.is_present != 0, header.after_ms, header.message, header.variants,
                    text.substr(0, header.json_size)};
  text.remove_prefix(header.json_size);
  return entry;
}

std::shared_ptr<const FrameBlock> pack(std::int64_t begin, std::string_view text) {
  auto block = std::make_shared<FrameBlock>(FrameBlock{begin, {}, text.size()});
  block->packed.resize(ZSTD_compressBound(text.size()));
  block->packed.resize(checked(
      ZSTD_compress(block->packed.data(), block->packed.size(), text.data(), text.size(), kLevel)));
  block->packed.shrink_to_fit();
  return block;
}

std::string unpack(const FrameBlock& block) {
  std::string text(block.text_size, '\0');
  checked(ZSTD_decompress(text.data(), text.size(), block.packed.data(), block.packed.size()));
  return text;
}

}  // namespace keisei::past

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "recording/turn.h"

/// The bytes of a recording (docs/recording.md describes them): a preamble, then blocks, each with
/// a header that says what lies behind it. All numbers are little-endian; checksums are CRC-32C.
namespace keisei::recording {

/// A block is closed when its text is as long as this; the turn that reaches it still belongs to
/// it.
inline constexpr std::size_t kBlockBytes = 64UL * 1024;
/// Longer text is in no block: one turn adds 64 KiB, each byte of which may need six.
inline constexpr std::size_t kMostBlockBytes = 1024UL * 1024;
/// What a block may lean on of the text before it.
inline constexpr std::size_t kMostHistory = 128UL * 1024;
/// So many blocks follow each other before one stands alone again: reading can begin there.
inline constexpr int kBlocksToStandAlone = 64;

inline constexpr int kFormat = 1;

/// Of compression (zstd): while a show is on, and where time is of no matter.
inline constexpr int kLiveLevel = 9;
inline constexpr int kSmallestLevel = 19;

/// Length of the preamble up to its text.
inline constexpr std::size_t kPreambleBytes = 20;
/// `text` is the described header as JSON.
std::string preamble(std::string_view text);
/// How long the text behind these kPreambleBytes is, or why this is no recording that can be read.
Result<std::size_t> preamble_text_size(std::string_view bytes);
/// Whether preamble and text, together, are as they were written.
bool is_preamble_intact(std::string_view bytes);

struct BlockHeader {
  enum class Kind : std::uint32_t {
    turns = 1,
    rest = 2,   // turns, of which the first begins in the block before
    index = 3,  // entry points, the last block
  };

  Kind kind;
  std::uint32_t text_size;
  std::uint32_t stored_size;   // compressed
  std::uint32_t history_size;  // of the text before it that it leans on; 0: stands alone
  Moment before;               // the turn before its first; of the index: the last turn
  std::uint32_t checksum;      // of what is stored
};

inline constexpr std::size_t kBlockHeaderBytes = 44;
std::string bytes_of(const BlockHeader& header);
/// `bytes` are kBlockHeaderBytes. The error says what is wrong with them.
Result<BlockHeader> parse_block_header(std::string_view bytes);

std::uint32_t checksum_of(std::string_view bytes);

/// Text to stored bytes. Blocks come one after the other: what they repeat is not stored again.
class Packer {
 public:
  explicit Packer(int level = kLiveLevel);
  ~Packer();
  Packer(Packer&&) noexcept;

  struct Packed {
    std::string stored;
    std::size_t history_size;
  };
  Packed pack(std::string_view text);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
  std::string history_;
  int blocks_ = 0;  // since the last that stood alone
};

/// And back, in the same order.
class Unpacker {
 public:
  Unpacker();
  ~Unpacker();
  Unpacker(Unpacker&&) noexcept;

  Result<std::string> unpack(const BlockHeader& header, std::string_view stored);

 private:
  struct Context;
  std::unique_ptr<Context> context_;
  std::string history_;
};

/// Where the file was closed: behind the index, at its very end.
inline constexpr std::size_t kTrailerBytes = 16;
std::string trailer(std::uint64_t index_at);
/// Where the index is; an error if these bytes are no trailer.
Result<std::uint64_t> parse_trailer(std::string_view bytes);

}  // namespace keisei::recording

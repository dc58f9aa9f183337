#include "recording/blocks.h"

#include <fmt/format.h>
#include <zstd.h>

#include <algorithm>
#include <boost/crc.hpp>
#include <chrono>
#include <stdexcept>
#include <utility>

namespace keisei::recording {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

// The first byte is no text, the line ends show a copy that was made as if it were.
constexpr std::string_view kMagic("\x89KSREC\r\n", 8);
constexpr std::uint32_t kBlockMark = 0x4B4C424B;    // "KBLK"
constexpr std::uint32_t kTrailerMark = 0x444E454B;  // "KEND"
constexpr int kWindowLog = 19;                      // holds the longest history and a block
static_assert(kMostHistory + kBlockBytes <= 1UL << kWindowLog);

template <class Number>
void put(std::string& out, Number number) {
  for (std::size_t i = 0; i < sizeof number; ++i) {
    out += static_cast<char>((static_cast<std::uint64_t>(number) >> (8 * i)) & 0xFFU);
  }
}

// Takes numbers from the front.
class Numbers {
 public:
  explicit Numbers(std::string_view bytes) : bytes_(bytes) {}

  template <class Number>
  Number take() {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
      number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes_[i])) << (8 * i);
    }
    bytes_.remove_prefix(sizeof(Number));
    return static_cast<Number>(number);
  }

 private:
  std::string_view bytes_;
};

constexpr std::size_t kTextAt = kMagic.size() + 3 * sizeof(std::uint32_t);
static_assert(kTextAt == kPreambleBytes);

std::uint32_t preamble_checksum(std::uint32_t format, std::string_view text) {
  std::string bytes;
  put(bytes, format);
  put(bytes, static_cast<std::uint32_t>(text.size()));
  return checksum_of(bytes.append(text));
}

void append_history(std::string& history, std::string_view text) {
  history += text;
  if (history.size() > kMostHistory) history.erase(0, history.size() - kMostHistory);
}

// Only running out of memory makes these fail.
std::size_t checked(std::size_t result) {
  if (ZSTD_isError(result) != 0) throw std::runtime_error(ZSTD_getErrorName(result));
  return result;
}

}  // namespace

std::uint32_t checksum_of(std::string_view bytes) {
  boost::crc_optimal<32, 0x1EDC6F41, 0xFFFFFFFF, 0xFFFFFFFF, true, true> crc;
  crc.process_bytes(bytes.data(), bytes.size());
  return crc.checksum();
}

std::string preamble(std::string_view text) {
  std::string out(kMagic);
  put(out, std::uint32_t{kFormat});
  put(out, static_cast<std::uint32_t>(text.size()));
  put(out, preamble_checksum(kFormat, text));
  return out.append(text);
}

Result<std::size_t> preamble_text_size(std::string_view bytes) {
  if (bytes.substr(0, kMagic.size()) != kMagic.substr(0, bytes.size())) {
    return fail("this is no recording");
  }
  if (bytes.size() < kPreambleBytes) return fail("it is cut off within its first bytes");
  Numbers numbers(bytes.substr(kMagic.size()));
  const auto format = numbers.take<std::uint32_t>();
  if (format != kFormat) {
    return fail(fmt::format("its format is {}, this program reads {}", format, kFormat));
  }
  const auto size = numbers.take<std::uint32_t>();
  if (size > kBlockBytes) return fail("its beginning is damaged");
  return size;
}

bool is_preamble_intact(std::string_view bytes) {
  Numbers numbers(bytes.substr(kMagic.size()));
  const auto format = numbers.take<std::uint32_t>();
  numbers.take<std::uint32_t>();
  return numbers.take<std::uint32_t>() == preamble_checksum(format, bytes.substr(kPreambleBytes));
}

std::string bytes_of(const BlockHeader& header) {
  std::string out;
  put(out, kBlockMark);
  put(out, static_cast<std::uint32_t>(header.kind));
  put(out, header.text_size);
  put(out, header.stored_size);
  put(out, header.history_size);
  put(out, duration_cast<microseconds>(header.before.steady.time_since_epoch()).count());
  put(out, duration_cast<microseconds>(header.before.wall.time_since_epoch()).count());
  put(out, header.checksum);
  put(out, checksum_of(out));
  return out;
}

Result<BlockHeader> parse_block_header(std::string_view bytes) {
  Numbers numbers(bytes);
  if (numbers.take<std::uint32_t>() != kBlockMark) return fail("no block begins there");
  BlockHeader header{};
  header.kind = static_cast<BlockHeader::Kind>(numbers.take<std::uint32_t>());
  header.text_size = numbers.take<std::uint32_t>();
  header.stored_size = numbers.take<std::uint32_t>();
  header.history_size = numbers.take<std::uint32_t>();
  const auto steady_us = numbers.take<std::int64_t>();
  const auto wall_us = numbers.take<std::int64_t>();
  header.checksum = numbers.take<std::uint32_t>();
  if (numbers.take<std::uint32_t>() != checksum_of(bytes.substr(0, kBlockHeaderBytes - 4))) {
    return fail("the block's header is damaged");
  }
  if (header.text_size > kMostBlockBytes ||
      header.stored_size > ZSTD_compressBound(kMostBlockBytes)) {
    return fail("the block is larger than any");
  }
  const auto before = moment_at(steady_us, wall_us);
  if (!before) return fail("the block is of a time at which no clock can be");
  header.before = *before;
  return header;
}

struct Packer::Context {
  explicit Context(int level) : zstd(ZSTD_createCCtx()) {
    if (zstd == nullptr) throw std::bad_alloc();
    checked(ZSTD_CCtx_setParameter(zstd, ZSTD_c_compressionLevel, level));
    checked(ZSTD_CCtx_setParameter(zstd, ZSTD_c_windowLog, kWindowLog));
  }
  ~Context() { ZSTD_freeCCtx(zstd); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  ZSTD_CCtx* zstd;
};

Packer::Packer(int level) : context_(std::make_unique<Context>(level)) {}
Packer::~Packer() = default;
Packer::Packer(Packer&&) noexcept = default;

Packer::Packed Packer::pack(std::string_view text) {
  if (std::exchange(blocks_, (blocks_ + 1) % kBlocksToStandAlone) == 0) history_.clear();
  Packed packed{std::string(ZSTD_compressBound(text.size()), '\0'), history_.size()};
  checked(ZSTD_CCtx_refPrefix(context_->zstd, history_.data(), history_.size()));
  packed.stored.resize(checked(ZSTD_compress2(context_->zstd, packed.stored.data(),
                                              packed.stored.size(), text.data(), text.size())));
  append_history(history_, text);
  return packed;
}

struct Unpacker::Context {
  Context() : zstd(ZSTD_createDCtx()) {
    if (zstd == nullptr) throw std::bad_alloc();
  }
  ~Context() { ZSTD_freeDCtx(zstd); }
  Context(const Context&) = delete;
  Context& operator=(const Context&) = delete;

  ZSTD_DCtx* zstd;
};

Unpacker::Unpacker() : context_(std::make_unique<Context>()) {}
Unpacker::~Unpacker() = default;
Unpacker::Unpacker(Unpacker&&) noexcept = default;

Result<std::string> Unpacker::unpack(const BlockHeader& header, std::string_view stored) {
  if (header.history_size == 0) history_.clear();
  if (header.history_size != history_.size()) return fail("the block leans on what was not read");
  std::string text(header.text_size, '\0');
  checked(ZSTD_DCtx_refPrefix(context_->zstd, history_.data(), history_.size()));
  const std::size_t size =
      ZSTD_decompressDCtx(context_->zstd, text.data(), text.size(), stored.data(), stored.size());
  if (ZSTD_isError(size) != 0) return fail(ZSTD_getErrorName(size));
  if (size != text.size()) return fail("the block is shorter than it says");
  append_history(history_, text);
  return text;
}

std::string trailer(std::uint64_t index_at) {
  std::string out;
  put(out, index_at);
  put(out, kTrailerMark);
  put(out, checksum_of(out));
  return out;
}

Result<std::uint64_t> parse_trailer(std::string_view bytes) {
  Numbers numbers(bytes);
  const auto index_at = numbers.take<std::uint64_t>();
  if (numbers.take<std::uint32_t>() != kTrailerMark ||
      numbers.take<std::uint32_t>() != checksum_of(bytes.substr(0, kTrailerBytes - 4))) {
    return fail("no trailer");
  }
  return index_at;
}

}  // namespace keisei::recording

#include "edge/permessage_deflate.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>
#include <utility>
#include <vector>

#include "edge/websocket_frames.h"

namespace keisei::edge {
namespace {

// What ends a flushed block, and no message (§7.2.1).
constexpr std::string_view kTail("\x00\x00\xff\xff", 4);

constexpr int kWindowBits = 15;
constexpr int kMemory = 8;  // zlib's default

std::string_view trimmed(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Splits where no quotes are open; none if they stay open.
std::optional<std::vector<std::string_view>> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  bool is_quoted = false;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') is_quoted = !is_quoted;
    if (text[i] != at || is_quoted) continue;
    parts.push_back(trimmed(text.substr(begin, i - begin)));
    begin = i + 1;
  }
  if (is_quoted) return std::nullopt;
  parts.push_back(trimmed(text.substr(begin)));
  return parts;
}

/// 8 to 15 without leading zeros, perhaps in quotes.
std::optional<int> window_bits(std::string_view value) {
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
    value = value.substr(1, value.size() - 2);
  }
  constexpr std::array<std::string_view, 8> kValues = {"8",  "9",  "10", "11",
                                                       "12", "13", "14", "15"};
  const auto* const found = std::find(kValues.begin(), kValues.end(), value);
  if (found == kValues.end()) return std::nullopt;
  return static_cast<int>(found - kValues.begin()) + 8;
}

struct Offer {
  bool server_no_context_takeover = false;
  bool client_no_context_takeover = false;
  std::optional<int> server_window_bits{};
  bool has_client_window = false;

  // Whether it is a parameter that an offer may have, and has not had yet.
  bool take(std::string_view name, std::optional<std::string_view> value) {
    if (name == "server_no_context_takeover") {
      return !value && !std::exchange(server_no_context_takeover, true);
    }
    if (name == "client_no_context_takeover") {
      return !value && !std::exchange(client_no_context_takeover, true);
    }
    if (name == "client_max_window_bits") {
      return !std::exchange(has_client_window, true) && (!value || window_bits(*value));
    }
    if (name != "server_max_window_bits" || server_window_bits || !value) return false;
    server_window_bits = window_bits(*value);
    return server_window_bits.has_value();
  }
};

std::optional<Offer> read_offer(std::string_view text) {
  const auto parts = split(text, ';');
  if (!parts || parts->front() != "permessage-deflate") return std::nullopt;
  Offer offer;
  for (std::size_t i = 1; i < parts->size(); ++i) {
    const std::string_view part = (*parts)[i];
    const auto equals = part.find('=');
    const bool has_value = equals != std::string_view::npos;
    const auto value = has_value ? std::optional(trimmed(part.substr(equals + 1))) : std::nullopt;
    if (!offer.take(trimmed(part.substr(0, equals)), value)) return std::nullopt;
  }
  return offer;
}

Bytef* bytes_of(const char* text) {
  return const_cast<Bytef*>(reinterpret_cast<const Bytef*>(text));  // zlib's input is not const
}

}  // namespace

std::optional<DeflateTerms> accept_deflate(std::string_view offers) {
  const auto list = split(offers, ',');
  if (!list) return std::nullopt;
  for (const std::string_view text : *list) {
    const auto offer = read_offer(text);
    if (!offer) continue;
    DeflateTerms terms{
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover"};
    if (offer->server_window_bits) {
      terms.window_bits = *offer->server_window_bits;
      terms.response += "; server_max_window_bits=" + std::to_string(terms.window_bits);
    }
    return terms;
  }
  return std::nullopt;
}

struct MessageDeflater::Stream : z_stream {};

MessageDeflater::MessageDeflater() : stream_(std::make_unique<Stream>()) {
  if (deflateInit2(stream_.get(), Z_DEFAULT_COMPRESSION, Z_DEFLATED, -kWindowBits, kMemory,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::bad_alloc();
  }
}

MessageDeflater::~MessageDeflater() { deflateEnd(stream_.get()); }

std::string MessageDeflater::deflate(std::string_view message) {
  deflateReset(stream_.get());
  // Six more bytes than a bound that knows of no flush.
  std::string out(deflateBound(stream_.get(), message.size()) + 6, '\0');
  stream_->next_in = bytes_of(message.data());
  stream_->avail_in = static_cast<uInt>(message.size());
  stream_->next_out = bytes_of(out.data());
  stream_->avail_out = static_cast<uInt>(out.size());
  ::deflate(stream_.get(), Z_SYNC_FLUSH);
  out.resize(out.size() - stream_->avail_out);
  // Nothing is one empty block: one byte without the tail (§7.2.3.6).
  if (out.ends_with(kTail)) out.resize(out.size() - kTail.size());
  return out;
}

tl::expected<std::string, std::uint16_t> inflate_message(std::string_view payload,
                                                         std::size_t most_bytes) {
  z_stream stream{};
  if (inflateInit2(&stream, -kWindowBits) != Z_OK) throw std::bad_alloc();
  const std::unique_ptr<z_stream, int (*)(z_streamp)> owner(&stream, &inflateEnd);
  stream.next_in = bytes_of(payload.data());
  stream.avail_in = static_cast<uInt>(payload.size());
  std::string message;
  std::array<char, 16384> buffer;
  do {
    stream.next_out = bytes_of(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    const int outcome = inflate(&stream, Z_SYNC_FLUSH);
    message.append(buffer.data(), buffer.size() - stream.avail_out);
    if (message.size() > most_bytes) return tl::unexpected(close_code::kTooBig);
    // After a last block another stream of blocks may follow (§7.2.3.4).
    if (outcome == Z_STREAM_END) inflateReset(&stream);
    const bool is_data = outcome == Z_OK || outcome == Z_STREAM_END || outcome == Z_BUF_ERROR;
    if (!is_data) return tl::unexpected(close_code::kBadText);
  } while (stream.avail_in > 0 || stream.avail_out == 0);
  // A payload ends where the tail would begin; all others are cut short.
  if (inflateSyncPoint(&stream) != 1) return tl::unexpected(close_code::kBadText);
  return message;
}

}  // namespace keisei::edge

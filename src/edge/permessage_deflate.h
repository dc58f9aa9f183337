#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

/// Compression of WebSocket messages (RFC 7692), of each message by itself: no connection keeps a
/// window, and what is sent to many is compressed once.
namespace keisei::edge {

/// What server and client have agreed on.
struct DeflateTerms {
  /// The value of Sec-WebSocket-Extensions that accepts the offer.
  std::string response;
  /// Of the window that the client inflates with, as a power of two, 8 to 15.
  int window_bits = 15;

  /// Whether the client can inflate what is compressed for all.
  bool takes_shared_frames() const { return window_bits == 15; }
};

/// The first offer that can be accepted, of the value of a request's Sec-WebSocket-Extensions: all
/// that name known parameters, each once and with a legal value (§7.1). Contexts are taken over by
/// neither side.
std::optional<DeflateTerms> accept_deflate(std::string_view offers);

/// Compresses messages, each by itself: 256 kB, for one thread.
class MessageDeflater {
 public:
  MessageDeflater();
  ~MessageDeflater();
  MessageDeflater(const MessageDeflater&) = delete;
  MessageDeflater& operator=(const MessageDeflater&) = delete;

  /// The payload of the compressed message (§7.2.1).
  std::string deflate(std::string_view message);

 private:
  struct Stream;
  std::unique_ptr<Stream> stream_;
};

/// The message of a compressed payload (§7.2.2), or the close code that it earns: 1009 as soon as
/// it has more than `most_bytes`, 1007 if it is not compressed data.
tl::expected<std::string, std::uint16_t> inflate_message(std::string_view payload,
                                                         std::size_t most_bytes);

/// The bytes that a message of `most_bytes` may be compressed to, however badly.
constexpr std::size_t most_deflated(std::size_t most_bytes) {
  return most_bytes + most_bytes / 8 + 64;
}

}  // namespace keisei::edge

#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The server's half of RFC 6455 without a socket. The fan-out path owns all reads and writes of a
/// viewer's connection: one framed message is then shared by every viewer, and an idle connection
/// holds no buffers.
namespace keisei::edge {

enum class Opcode : std::uint8_t {
  continuation = 0x0,
  text = 0x1,
  binary = 0x2,
  close = 0x8,
  ping = 0x9,
  pong = 0xA,
};

/// Close codes of RFC 6455 §7.4.1 that this server uses.
namespace close_code {
inline constexpr std::uint16_t kNormal = 1000;
inline constexpr std::uint16_t kGoingAway = 1001;
inline constexpr std::uint16_t kProtocolError = 1002;
inline constexpr std::uint16_t kUnsupported = 1003;
inline constexpr std::uint16_t kBadText = 1007;
inline constexpr std::uint16_t kPolicy = 1008;
inline constexpr std::uint16_t kTooBig = 1009;
inline constexpr std::uint16_t kTryAgainLater = 1013;
}  // namespace close_code

/// The bytes of one unmasked, unfragmented frame.
std::string frame_bytes(Opcode opcode, std::string_view payload);
std::string close_frame_bytes(std::uint16_t code, std::string_view reason);

/// What a client sent.
struct Incoming {
  enum class Kind { text, binary, ping, pong, close };
  Kind kind;
  std::string payload;           // the message, or the ping's data
  std::uint16_t close_code = 0;  // for close: the client's code, 1000 if it gave none
};

/// What a client may send.
struct MessageRules {
  std::size_t most_bytes;  // of one message
  bool binary = false;     // else texts only
};

/// Reads a client's byte stream. Fragments are joined, masks removed, and everything that RFC 6455
/// forbids ends the stream: after an error nothing more is read. Invalid UTF-8 is found when its
/// message is complete.
class FrameReader {
 public:
  explicit FrameReader(const MessageRules& rules) : rules_(rules) {}

  /// Appends what has become complete to `out`. Returns 0, or the close code the client earned.
  std::uint16_t feed(std::string_view bytes, std::vector<Incoming>& out);

  /// How many fragments of less than 64 bytes have been read that were not the last of their
  /// message. Nobody needs many of them.
  std::uint64_t crumbs() const { return crumbs_; }

 private:
  std::uint16_t read_one(std::string_view bytes, std::size_t& used, std::vector<Incoming>& out);
  std::uint16_t finish_control(Opcode opcode, std::string payload, std::vector<Incoming>& out);

  MessageRules rules_;
  std::string partial_;    // the bytes of a frame that is not complete yet
  std::string fragments_;  // the payload so far of a fragmented message
  std::uint64_t crumbs_ = 0;
  bool in_message_ = false;
  bool is_binary_ = false;  // the fragmented message
  bool failed_ = false;
};

}  // namespace keisei::edge

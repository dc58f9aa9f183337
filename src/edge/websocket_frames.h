#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/utf8.h"

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
inline constexpr std::uint16_t kServiceRestart = 1012;  // registered by IANA, as the next one
inline constexpr std::uint16_t kTryAgainLater = 1013;
}  // namespace close_code

/// The bytes of one unmasked, unfragmented frame.
std::string frame_bytes(Opcode opcode, std::string_view payload);
/// The same of a payload that permessage-deflate has made (RFC 7692 §6).
std::string deflated_frame_bytes(Opcode opcode, std::string_view payload);
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
  std::size_t most_bytes;  // of one message, as it is after inflation
  bool binary = false;     // else texts only
  bool deflated = false;   // permessage-deflate has been agreed on, without takeover of contexts
};

/// Reads a client's byte stream. Fragments are joined, masks removed, messages inflated, and
/// everything that RFC 6455 and RFC 7692 forbid ends the stream at the first byte that shows it;
/// only what a deflated message holds is found when it is complete. After an error nothing more is
/// read.
class FrameReader {
 public:
  explicit FrameReader(const MessageRules& rules) : rules_(rules) {}

  /// Appends what has become complete to `out`. Returns 0, or the close code the client earned.
  std::uint16_t feed(std::string_view bytes, std::vector<Incoming>& out);

  /// How many fragments of less than 64 bytes have been read that were not the last of their
  /// message. Nobody needs many of them.
  std::uint64_t crumbs() const { return crumbs_; }

 private:
  // A frame's header as it comes: two bytes, up to eight of a longer length, four of the mask.
  struct Header {
    std::array<unsigned char, 14> bytes{};
    std::uint8_t size = 0;

    bool is_final() const { return (bytes[0] & 0x80U) != 0; }
    unsigned reserved() const { return bytes[0] & 0x70U; }
    Opcode opcode() const { return static_cast<Opcode>(bytes[0] & 0x0FU); }
    bool is_control() const { return (bytes[0] & 0x08U) != 0; }
    bool is_masked() const { return (bytes[1] & 0x80U) != 0; }
    std::size_t length_bytes() const;
    std::uint64_t length() const;
    unsigned char mask(std::uint64_t at) const { return bytes[2 + length_bytes() + at % 4]; }
  };

  std::uint16_t take(std::string_view& bytes, std::vector<Incoming>& out);
  std::uint16_t check_opening();
  std::uint16_t check_length() const;
  std::uint16_t take_payload(std::string_view& bytes);
  std::uint16_t end_frame(std::vector<Incoming>& out);
  std::uint16_t end_message(std::vector<Incoming>& out);
  std::uint16_t end_control(Opcode opcode, std::vector<Incoming>& out);
  bool is_header_complete() const;

  MessageRules rules_;
  Header header_;
  std::uint64_t read_ = 0;  // of the frame's payload
  std::string control_;     // the payload so far of a control frame
  std::string message_;     // and of a message, with all of its fragments
  Utf8Checker text_;        // of the message
  std::uint64_t crumbs_ = 0;
  bool in_message_ = false;
  bool is_binary_ = false;  // the message
  bool is_deflated_ = false;
  bool failed_ = false;
};

}  // namespace keisei::edge

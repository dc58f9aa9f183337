#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "edge/websocket_frames.h"
#include "http/test_client.h"
#include "protocol/testing/published_schema.h"

namespace keisei::edge::testing {

/// A client that speaks WebSocket over a blocking socket, for tests. Reads give up after 5 s.
/// Messages that it hears are held against the published schema.
class TestClient : public http::testing::TestClient {
 public:
  using http::testing::TestClient::TestClient;

  struct Received {
    Opcode opcode;
    std::string payload;
  };

  /// Returns the response's header; "101" is in it if all went well.
  std::string upgrade(const std::string& target, const std::string& more_headers = "") {
    return get(target,
               "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                   more_headers);
  }
  /// A client's frame.
  static std::string masked(Opcode opcode, std::string_view payload, bool is_final = true) {
    std::string frame = frame_bytes(opcode, payload);
    if (!is_final) frame[0] = static_cast<char>(frame[0] & 0x7F);
    frame[1] = static_cast<char>(static_cast<unsigned char>(frame[1]) | 0x80U);
    // A mask of zeros changes nothing.
    frame.insert(frame.size() - payload.size(), std::string(4, '\0'));
    return frame;
  }
  void say(std::string_view text, Opcode opcode = Opcode::text) { write(masked(opcode, text)); }
  /// None when the connection ended or nothing came for 5 s.
  std::optional<Received> receive() {
    const std::string head = take(2);
    if (head.size() < 2) return std::nullopt;
    std::uint64_t size = static_cast<unsigned char>(head[1]);
    if (size >= 126) {
      const std::string longer = take(size == 126 ? 2 : 8);
      size = 0;
      for (const char byte : longer) size = (size << 8) | static_cast<unsigned char>(byte);
    }
    Received received{static_cast<Opcode>(head[0] & 0x0F), take(static_cast<std::size_t>(size))};
    // What a test's studio says need not be a message.
    if (received.opcode == Opcode::text && received.payload.starts_with('{')) {
      EXPECT_TRUE(protocol::testing::follows_schema(received.payload));
    }
    return received;
  }
  /// The payload of the next text frame; empty when there is none.
  std::string receive_text() {
    while (auto received = receive()) {
      if (received->opcode == Opcode::text) return received->payload;
      if (received->opcode == Opcode::close) break;
    }
    return "";
  }
  /// The next text frame whose payload contains the words.
  std::string receive_until(std::string_view words) {
    for (std::string text = receive_text(); !text.empty(); text = receive_text()) {
      if (text.find(words) != std::string::npos) return text;
    }
    return "";
  }
  /// The reason of the goodbye, after whatever comes before it; empty when there is none.
  std::string receive_goodbye() {
    while (auto received = receive()) {
      if (received->opcode == Opcode::close) {
        return received->payload.size() < 2 ? "" : received->payload.substr(2);
      }
    }
    return "";
  }
};

}  // namespace keisei::edge::testing

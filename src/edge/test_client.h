#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "edge/websocket_frames.h"

namespace keisei::edge::testing {

/// A client that speaks HTTP and WebSocket over a blocking socket, for tests. Reads give up after 5
/// s.
class TestClient {
 public:
  struct Received {
    Opcode opcode;
    std::string payload;
  };

  explicit TestClient(std::uint16_t port, int receive_buffer = 0) {
    socket_.open(boost::asio::ip::tcp::v4());
    if (receive_buffer > 0) {
      socket_.set_option(boost::asio::socket_base::receive_buffer_size(receive_buffer));
    }
    socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    const timeval patience{5, 0};
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }

  void write(std::string_view bytes) { boost::asio::write(socket_, boost::asio::buffer(bytes)); }

  /// Sends a GET and returns the response's header.
  std::string get(const std::string& target, const std::string& more_headers = "") {
    write("GET " + target + " HTTP/1.1\r\nHost: here\r\n" + more_headers + "\r\n");
    return read_header();
  }
  /// Returns the response's header; "101" is in it if all went well.
  std::string upgrade(const std::string& target, const std::string& more_headers = "") {
    return get(target,
               "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
               "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
                   more_headers);
  }
  void say(std::string_view text, Opcode opcode = Opcode::text) {
    std::string frame = frame_bytes(opcode, text);
    frame[1] = static_cast<char>(static_cast<unsigned char>(frame[1]) | 0x80U);
    const std::size_t header = text.size() < 126 ? 2 : 4;
    frame.insert(header, std::string(4, '\0'));  // a mask of zeros changes nothing
    write(frame);
  }
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
    return Received{static_cast<Opcode>(head[0] & 0x0F), take(static_cast<std::size_t>(size))};
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
  std::string read_body(std::size_t size) { return take(size); }

 private:
  std::string read_header() {
    std::string header;
    while (!header.ends_with("\r\n\r\n")) {
      const std::string next = take(1);
      if (next.empty()) break;
      header += next;
    }
    return header;
  }
  std::string take(std::size_t size) {
    std::string bytes(size, '\0');
    std::size_t got = 0;
    while (got < size) {
      const auto more = ::recv(socket_.native_handle(), bytes.data() + got, size - got, 0);
      if (more <= 0) return bytes.substr(0, got);
      got += static_cast<std::size_t>(more);
    }
    return bytes;
  }

  boost::asio::io_context context_;
  boost::asio::ip::tcp::socket socket_{context_};
};

}  // namespace keisei::edge::testing

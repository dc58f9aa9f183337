#pragma once

#include <sys/socket.h>
#include <sys/time.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>

namespace keisei::http::testing {

/// A client that speaks HTTP over a blocking socket, for tests. Reads give up after 5 s.
class TestClient {
 public:
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
  std::string post(const std::string& target, const std::string& body,
                   const std::string& more_headers = "") {
    write("POST " + target + " HTTP/1.1\r\nHost: here\r\nContent-Length: " +
          std::to_string(body.size()) + "\r\n" + more_headers + "\r\n" + body);
    return read_header();
  }
  std::string read_header() {
    std::string header;
    while (!header.ends_with("\r\n\r\n")) {
      const std::string next = take(1);
      if (next.empty()) break;
      header += next;
    }
    return header;
  }
  /// The body that a response's header announces.
  std::string body_of(const std::string& header) {
    const auto length = header.find("Content-Length: ");
    if (length == std::string::npos) return "";
    return take(static_cast<std::size_t>(std::stoul(header.substr(length + 16))));
  }
  std::string read_exactly(std::size_t size) { return take(size); }
  /// How many bytes have come and wait to be read.
  std::size_t waiting() const { return socket_.available(); }
  /// Whether the other side has ended the connection; false while it only says nothing.
  bool is_closed() {
    char byte = 0;
    const auto got = ::recv(socket_.native_handle(), &byte, 1, 0);
    return got == 0 || (got < 0 && errno != EAGAIN);
  }

 protected:
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

 private:
  boost::asio::io_context context_;
  boost::asio::ip::tcp::socket socket_{context_};
};

}  // namespace keisei::http::testing

#pragma once

#include <boost/asio/buffers_iterator.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <memory>
#include <utility>

#include "hook/transport/byte_stream.h"

namespace keisei::hook {

/// A ByteStream in the shape that Beast asks for. To be seen by the few files that speak WebSocket.
class BeastStream {
 public:
  using executor_type = ByteStream::Executor;

  explicit BeastStream(std::unique_ptr<ByteStream> bytes) : bytes_(std::move(bytes)) {}

  ByteStream& bytes() { return *bytes_; }
  executor_type get_executor() { return bytes_->socket().get_executor(); }

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& into, Handler&& handler) {
    boost::asio::mutable_buffer first;
    for (auto it = boost::asio::buffer_sequence_begin(into);
         first.size() == 0 && it != boost::asio::buffer_sequence_end(into); ++it) {
      first = *it;
    }
    bytes_->read_some(first, Completion(std::forward<Handler>(handler)));
  }

  template <class Buffers, class Handler>
  void async_write_some(const Buffers& bytes, Handler&& handler) {
    ByteStream::Gathered gathered{};
    std::size_t count = 0;
    for (auto it = boost::asio::buffer_sequence_begin(bytes);
         count < gathered.size() && it != boost::asio::buffer_sequence_end(bytes); ++it) {
      if (boost::asio::const_buffer(*it).size() > 0) gathered[count++] = *it;
    }
    bytes_->write_some(gathered, Completion(std::forward<Handler>(handler)));
  }

  template <class Handler>
  friend void async_teardown(boost::beast::role_type, BeastStream& stream, Handler&& handler) {
    stream.bytes_->shut_down(
        Completion([handler = std::forward<Handler>(handler)](
                       boost::system::error_code error, std::size_t) mutable { handler(error); }));
  }
  friend void beast_close_socket(BeastStream& stream) { stream.bytes_->close(); }

 private:
  std::unique_ptr<ByteStream> bytes_;
};

/// Telemetry is not compressed: it travels inside a machine or a room.
using WebSocketStream = boost::beast::websocket::stream<BeastStream, false>;

}  // namespace keisei::hook

#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "hook/name_lookup.h"
#include "hook/showcase_url.h"

namespace keisei::hook {

/// One WebSocket connection to a showcase, from the first packet to the last; a new attempt is a
/// new object. Lives on one io_context thread. Nothing blocks; deadlines fire in `check`.
class IngestConnection : public std::enable_shared_from_this<IngestConnection> {
 public:
  struct Handlers {
    std::function<void()> opened;
    std::function<void()> written;                // the message of the last `send`
    std::function<void(std::string why)> closed;  // once, and nothing after it
  };
  struct Timeouts {
    std::chrono::milliseconds connect;
    std::chrono::milliseconds write;
  };

  IngestConnection(boost::asio::io_context& io, ShowcaseUrl url, std::string token,
                   Timeouts timeouts, Handlers handlers);

  /// Once. Ends in `opened` or `closed`.
  void start(SteadyTime now);
  bool can_send() const { return stage_ == Stage::open && !writing_; }
  /// Precondition: can_send().
  void send(std::string text, SteadyTime now);
  /// Polls the name lookup and enforces the deadlines. To be called every few milliseconds.
  void check(SteadyTime now);
  /// Says goodbye; ends in `closed`. Precondition: can_send().
  void close();
  /// Drops the connection without another word to anyone, handlers included.
  void abandon();

 private:
  enum class Stage { resolving, connecting, open, closed };

  void connect();
  void shake_hands();
  void read();
  void fail(std::string why);

  ShowcaseUrl url_;
  std::string token_;
  Timeouts timeouts_;
  Handlers handlers_;
  NameLookup lookup_;
  boost::beast::websocket::stream<boost::beast::tcp_stream> stream_;
  boost::beast::websocket::response_type response_;
  boost::beast::flat_buffer incoming_;
  std::string outgoing_;
  Stage stage_ = Stage::resolving;
  bool writing_ = false;
  SteadyTime deadline_{};  // of connecting, then of the write in progress
};

}  // namespace keisei::hook

#include "hook/ingest_connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream_base.hpp>
#include <utility>

namespace keisei::hook {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using boost::asio::ip::tcp;

namespace {

constexpr std::size_t kMaxIncomingBytes = 64 * 1024;

/// Without it a connection into the void (a pulled cable) would swallow heartbeats for minutes.
void limit_unacknowledged_time(tcp::socket& socket, std::chrono::milliseconds limit) {
  const auto value = static_cast<unsigned int>(limit.count());
  // Best effort: without the option such a connection is only noticed later.
  (void)setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &value, sizeof value);
}

std::string host_header(const ShowcaseUrl& url) {
  const bool is_ipv6 = url.host.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + url.host + "]" : url.host) + ":" + url.port;
}

}  // namespace

IngestConnection::IngestConnection(boost::asio::io_context& io, ShowcaseUrl url, std::string token,
                                   Timeouts timeouts, Handlers handlers)
    : url_(std::move(url)),
      token_(std::move(token)),
      timeouts_(timeouts),
      handlers_(std::move(handlers)),
      lookup_(url_.host, url_.port),
      stream_(io) {}

void IngestConnection::start(SteadyTime now) {
  deadline_ = now + timeouts_.connect;
  check(now);
}

void IngestConnection::check(SteadyTime now) {
  const auto self = shared_from_this();  // fail() may end this object
  if (stage_ == Stage::resolving && lookup_.is_done()) {
    if (lookup_.endpoints().empty()) {
      fail("cannot find the host " + url_.host);
    } else {
      connect();
    }
  }
  if (stage_ == Stage::closed || now < deadline_) return;
  if (stage_ != Stage::open) fail("no answer within the connect timeout");
  if (stage_ == Stage::open && writing_) fail("the showcase does not read: write timeout");
}

void IngestConnection::connect() {
  stage_ = Stage::connecting;
  beast::get_lowest_layer(stream_).async_connect(
      lookup_.endpoints(),
      [self = shared_from_this()](beast::error_code error, const tcp::endpoint&) {
        if (self->stage_ != Stage::connecting) return;
        if (error) return self->fail("cannot connect: " + error.message());
        self->shake_hands();
      });
}

void IngestConnection::shake_hands() {
  tcp::socket& socket = beast::get_lowest_layer(stream_).socket();
  beast::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  limit_unacknowledged_time(socket, 2 * timeouts_.write);

  stream_.set_option(websocket::stream_base::timeout{websocket::stream_base::none(),
                                                     websocket::stream_base::none(), false});
  stream_.set_option(
      websocket::stream_base::decorator([token = token_](websocket::request_type& request) {
        request.set(beast::http::field::user_agent, "keisei-hook");
        if (!token.empty()) request.set(beast::http::field::authorization, "Bearer " + token);
      }));
  stream_.read_message_max(kMaxIncomingBytes);
  stream_.text(true);
  stream_.auto_fragment(false);
  stream_.async_handshake(response_, host_header(url_), url_.target,
                          [self = shared_from_this()](beast::error_code error) {
                            if (self->stage_ != Stage::connecting) return;
                            if (error == websocket::error::upgrade_declined) {
                              return self->fail("the showcase refused: HTTP " +
                                                std::to_string(self->response_.result_int()));
                            }
                            if (error) return self->fail("handshake failed: " + error.message());
                            self->stage_ = Stage::open;
                            self->read();
                            self->handlers_.opened();
                          });
}

// Reading notices the end of the connection at once, and answers pings.
void IngestConnection::read() {
  stream_.async_read(incoming_, [self = shared_from_this()](beast::error_code error, std::size_t) {
    if (self->stage_ != Stage::open) return;
    if (error) return self->fail("connection lost: " + error.message());
    self->incoming_.clear();
    self->read();
  });
}

void IngestConnection::send(std::string text, SteadyTime now) {
  outgoing_ = std::move(text);
  writing_ = true;
  deadline_ = now + timeouts_.write;
  stream_.async_write(boost::asio::buffer(outgoing_),
                      [self = shared_from_this()](beast::error_code error, std::size_t) {
                        if (self->stage_ != Stage::open) return;
                        if (error) return self->fail("connection lost: " + error.message());
                        self->writing_ = false;
                        self->handlers_.written();
                      });
}

void IngestConnection::close() {
  writing_ = true;
  stream_.async_close(websocket::close_code::going_away,
                      [self = shared_from_this()](beast::error_code) {
                        if (self->stage_ == Stage::open) self->fail("closed");
                      });
}

void IngestConnection::abandon() {
  stage_ = Stage::closed;
  handlers_ = {};
  beast::get_lowest_layer(stream_).close();
}

void IngestConnection::fail(std::string why) {
  const Handlers handlers = std::move(handlers_);
  abandon();
  handlers.closed(std::move(why));
}

}  // namespace keisei::hook

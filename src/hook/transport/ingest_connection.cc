#include "hook/transport/ingest_connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream_base.hpp>
#include <stdexcept>
#include <utility>

#include "hook/transport/beast_stream.h"
#include "hook/transport/byte_stream.h"
#include "hook/transport/name_lookup.h"

namespace keisei::hook {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;

namespace {

constexpr std::size_t kMaxIncomingBytes = 64UL * 1024;

/// Without it a connection into the void (a pulled cable) would swallow heartbeats for minutes.
void limit_unacknowledged_time(ByteStream::Socket& socket, std::chrono::milliseconds limit) {
  const auto value = static_cast<unsigned int>(limit.count());
  // Best effort: without the option such a connection is only noticed later.
  (void)setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &value, sizeof value);
}

std::string host_header(const ShowcaseUrl& url) {
  const bool is_ipv6 = url.host.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + url.host + "]" : url.host) + ":" + url.port;
}

class WebSocketConnection final : public IngestConnection,
                                  public std::enable_shared_from_this<WebSocketConnection> {
 public:
  WebSocketConnection(asio::io_context& io, asio::ssl::context& tls, const ShowcaseUrl& url,
                      std::string token, Timeouts timeouts, Handlers handlers)
      : url_(url),
        token_(std::move(token)),
        timeouts_(timeouts),
        handlers_(std::move(handlers)),
        lookup_(url_.host, url_.port),
        stream_(
            make_byte_stream(ByteStream::Socket(io.get_executor()), url.secure ? &tls : nullptr)) {}

  void start(SteadyTime now) override {
    deadline_ = now + timeouts_.connect;
    check(now);
  }
  bool can_send() const override { return stage_ == Stage::open && !writing_; }
  void send(std::string text, SteadyTime now) override;
  void check(SteadyTime now) override;
  void close() override;
  void abandon() override {
    stage_ = Stage::closed;
    handlers_ = {};
    bytes().close();
  }

 private:
  enum class Stage { resolving, connecting, open, closed };

  ByteStream& bytes() { return stream_.next_layer().bytes(); }
  void connect();
  void encrypt();
  void shake_hands();
  void read();
  void fail(std::string why) {
    const Handlers handlers = std::move(handlers_);
    abandon();
    handlers.closed(std::move(why));
  }

  ShowcaseUrl url_;
  std::string token_;
  Timeouts timeouts_;
  Handlers handlers_;
  NameLookup lookup_;
  WebSocketStream stream_;
  websocket::response_type response_;
  beast::flat_buffer incoming_;
  std::string outgoing_;
  Stage stage_ = Stage::resolving;
  bool writing_ = false;
  bool closing_ = false;
  SteadyTime deadline_{};  // of connecting, then of the write in progress
};

void WebSocketConnection::check(SteadyTime now) {
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

void WebSocketConnection::connect() {
  stage_ = Stage::connecting;
  asio::async_connect(bytes().socket(), lookup_.endpoints(),
                      [self = shared_from_this()](beast::error_code error, const tcp::endpoint&) {
                        if (self->stage_ != Stage::connecting) return;
                        if (error) return self->fail("cannot connect: " + error.message());
                        ByteStream::Socket& socket = self->bytes().socket();
                        beast::error_code ignored;
                        socket.set_option(tcp::no_delay(true), ignored);
                        limit_unacknowledged_time(socket, 2 * self->timeouts_.write);
                        self->encrypt();
                      });
}

void WebSocketConnection::encrypt() {
  bytes().encrypt(url_.host,
                  Completion([self = shared_from_this()](beast::error_code error, std::size_t) {
                    if (self->stage_ != Stage::connecting) return;
                    if (error) return self->fail("no secure connection: " + error.message());
                    self->shake_hands();
                  }));
}

void WebSocketConnection::shake_hands() {
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
void WebSocketConnection::read() {
  stream_.async_read(incoming_, [self = shared_from_this()](beast::error_code error, std::size_t) {
    if (self->stage_ != Stage::open) return;
    if (error) {
      const bool answered = self->closing_ && error == websocket::error::closed;
      return self->fail(answered ? std::string() : "connection lost: " + error.message());
    }
    std::string text = beast::buffers_to_string(self->incoming_.data());
    self->incoming_.clear();
    self->handlers_.received(std::move(text));
    if (self->stage_ == Stage::open) self->read();
  });
}

void WebSocketConnection::send(std::string text, SteadyTime now) {
  outgoing_ = std::move(text);
  writing_ = true;
  deadline_ = now + timeouts_.write;
  stream_.async_write(asio::buffer(outgoing_),
                      [self = shared_from_this()](beast::error_code error, std::size_t) {
                        if (self->stage_ != Stage::open) return;
                        if (error) return self->fail("connection lost: " + error.message());
                        self->writing_ = false;
                        self->handlers_.written();
                      });
}

void WebSocketConnection::close() {
  writing_ = closing_ = true;
  stream_.async_close(websocket::close_code::going_away,
                      [self = shared_from_this()](beast::error_code error) {
                        if (self->stage_ != Stage::open) return;
                        self->fail(error ? "connection lost: " + error.message() : std::string());
                      });
}

}  // namespace

std::shared_ptr<IngestConnection> make_ingest_connection(asio::io_context& io,
                                                         asio::ssl::context& tls,
                                                         const ShowcaseUrl& url, std::string token,
                                                         IngestConnection::Timeouts timeouts,
                                                         IngestConnection::Handlers handlers) {
  return std::make_shared<WebSocketConnection>(io, tls, url, std::move(token), timeouts,
                                               std::move(handlers));
}

std::unique_ptr<asio::ssl::context> make_tls_context(const std::string& ca_file) {
  auto tls = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_client);
  beast::error_code error;
  if (ca_file.empty()) {
    tls->set_default_verify_paths(error);
    // Without any, every wss:// connection fails and says so.
  } else {
    tls->load_verify_file(ca_file, error);
    if (error) {
      throw std::invalid_argument("\"" + ca_file + "\" holds no certificates: " + error.message());
    }
  }
  return tls;
}

}  // namespace keisei::hook

#include "hook/transport/ingest_connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/field.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <boost/beast/websocket/stream_base.hpp>
#include <stdexcept>
#include <utility>

#include "hook/transport/beast_stream.h"
#include "hook/transport/byte_stream.h"
#include "hook/transport/name_lookup.h"
#include "protocol/close_reason.h"

namespace keisei::hook {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;
using asio::ip::tcp;

namespace {

constexpr std::size_t kMaxIncomingBytes = 64UL * 1024;

/// Without it a connection into the void (a pulled cable) would swallow heartbeats for a quarter of
/// an hour.
void limit_unacknowledged_time(ByteStream::Socket& socket, std::chrono::milliseconds limit) {
  const auto value = static_cast<unsigned int>(limit.count());
  // Best effort: without the option such a connection is only noticed later.
  (void)setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &value, sizeof value);
}

std::string host_and_port(const ShowcaseUrl& url) {
  const bool is_ipv6 = url.host.find(':') != std::string::npos;
  return (is_ipv6 ? "[" + url.host + "]" : url.host) + ":" + url.port;
}

using Ending = IngestConnection::Ending;

Ending trouble(std::string why) { return {Ending::Kind::trouble, std::move(why)}; }

constexpr const char* kPerhapsPlain = "; is that port for ws://, not for wss://?";

std::string no_secure_connection(const ShowcaseUrl& url) {
  return "no secure connection to " + host_and_port(url) + ": ";
}

Ending no_secure_connection(const ShowcaseUrl& url, const beast::error_code& error) {
  // A plain port answers in clear, or hangs up at once.
  const bool is_certificate =
      error.category() == asio::error::get_ssl_category() &&
      ERR_GET_REASON(static_cast<unsigned long>(error.value())) == SSL_R_CERTIFICATE_VERIFY_FAILED;
  return trouble(no_secure_connection(url) + error.message() +
                 (is_certificate ? "" : kPerhapsPlain));
}

Ending refusal(const websocket::response_type& response) {
  if (response.result() == beast::http::status::unauthorized) {
    return {Ending::Kind::unauthorized, "the token was refused (HTTP 401)"};
  }
  if (response.result() == beast::http::status::conflict) {
    return {Ending::Kind::replaced, std::string(protocol::kReplacedReason)};
  }
  return trouble("the showcase refused: HTTP " + std::to_string(response.result_int()));
}

bool is_answer(const websocket::close_reason& goodbye) {
  return goodbye.code == websocket::close_code::going_away ||
         goodbye.code == websocket::close_code::normal ||
         goodbye.code == websocket::close_code::none;
}

/// The showcase said goodbye for a reason of its own, or nothing at all.
Ending lost(const beast::error_code& error, const websocket::close_reason& goodbye) {
  if (error != websocket::error::closed) return trouble("connection lost: " + error.message());
  if (goodbye.code == protocol::kReplacedCode) {
    return {Ending::Kind::replaced, std::string(protocol::kReplacedReason)};
  }
  std::string why = "the showcase ended the connection (" + std::to_string(goodbye.code) + ")";
  if (!goodbye.reason.empty()) why += ": " + std::string(goodbye.reason.c_str());
  return trouble(std::move(why));
}

class WebSocketConnection final : public IngestConnection,
                                  public std::enable_shared_from_this<WebSocketConnection> {
 public:
  WebSocketConnection(asio::io_context& io, asio::ssl::context& tls, const ShowcaseUrl& url,
                      Introduction introduction, Timeouts timeouts, Handlers handlers)
      : url_(url),
        introduction_(std::move(introduction)),
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
  enum class Stage { resolving, connecting, encrypting, shaking_hands, open, closed };

  ByteStream& bytes() { return stream_.next_layer().bytes(); }
  void connect();
  void encrypt();
  void shake_hands();
  void read();
  void end(Ending ending) {
    const Handlers handlers = std::move(handlers_);
    abandon();
    handlers.closed(std::move(ending));
  }
  void fail(std::string why) { end(trouble(std::move(why))); }
  Ending ending(const beast::error_code& error) const {
    const websocket::close_reason& goodbye = stream_.reason();
    const bool answered = closing_ && error == websocket::error::closed && is_answer(goodbye);
    return answered ? Ending{Ending::Kind::finished, {}} : lost(error, goodbye);
  }

  ShowcaseUrl url_;
  Introduction introduction_;
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
  const std::string late = "no answer within the connect timeout";
  if (stage_ == Stage::encrypting && url_.secure) {
    return fail(no_secure_connection(url_) + late + kPerhapsPlain);
  }
  if (stage_ != Stage::open) return fail(host_and_port(url_) + ": " + late);
  if (stage_ == Stage::open && writing_) fail("the showcase does not read: write timeout");
}

void WebSocketConnection::connect() {
  stage_ = Stage::connecting;
  asio::async_connect(bytes().socket(), lookup_.endpoints(),
                      [self = shared_from_this()](beast::error_code error, const tcp::endpoint&) {
                        if (self->stage_ != Stage::connecting) return;
                        if (error) {
                          return self->fail("cannot connect to " + host_and_port(self->url_) +
                                            ": " + error.message());
                        }
                        ByteStream::Socket& socket = self->bytes().socket();
                        beast::error_code ignored;
                        socket.set_option(tcp::no_delay(true), ignored);
                        limit_unacknowledged_time(socket, self->timeouts_.write);
                        self->encrypt();
                      });
}

void WebSocketConnection::encrypt() {
  stage_ = Stage::encrypting;
  bytes().encrypt(url_.host,
                  Completion([self = shared_from_this()](beast::error_code error, std::size_t) {
                    if (self->stage_ != Stage::encrypting) return;
                    if (error) return self->end(no_secure_connection(self->url_, error));
                    self->shake_hands();
                  }));
}

void WebSocketConnection::shake_hands() {
  stage_ = Stage::shaking_hands;
  stream_.set_option(websocket::stream_base::timeout{websocket::stream_base::none(),
                                                     websocket::stream_base::none(), false});
  stream_.set_option(
      websocket::stream_base::decorator([own = introduction_](websocket::request_type& request) {
        request.set(beast::http::field::user_agent, "keisei-hook");
        if (!own.token.empty()) {
          request.set(beast::http::field::authorization, "Bearer " + own.token);
        }
        if (own.yields) request.set(std::string(protocol::kYieldHeader), "1");
      }));
  stream_.read_message_max(kMaxIncomingBytes);
  stream_.text(true);
  stream_.auto_fragment(false);
  stream_.async_handshake(response_, host_and_port(url_), url_.target,
                          [self = shared_from_this()](beast::error_code error) {
                            if (self->stage_ != Stage::shaking_hands) return;
                            if (error == websocket::error::upgrade_declined) {
                              return self->end(refusal(self->response_));
                            }
                            if (error) {
                              return self->fail(host_and_port(self->url_) +
                                                " answers no WebSocket: " + error.message());
                            }
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
      return self->end(self->ending(error));
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
                        self->end(self->ending(error ? error : websocket::error::closed));
                      });
}

}  // namespace

std::shared_ptr<IngestConnection> make_ingest_connection(
    asio::io_context& io, asio::ssl::context& tls, const ShowcaseUrl& url,
    IngestConnection::Introduction introduction, IngestConnection::Timeouts timeouts,
    IngestConnection::Handlers handlers) {
  return std::make_shared<WebSocketConnection>(io, tls, url, std::move(introduction), timeouts,
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

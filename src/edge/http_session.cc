#include "edge/http_session.h"

#include <fmt/format.h>

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/rfc6455.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "edge/identity.h"
#include "edge/ingest_session.h"
#include "edge/origins.h"
#include "edge/server.h"
#include "edge/websocket_frames.h"

namespace keisei::edge {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using namespace std::chrono_literals;

constexpr std::size_t kMaxHeader = 8192;
constexpr auto kRequestTimeout = 10s;
constexpr auto kWriteTimeout = 30s;

// The page needs nothing from elsewhere; React sets style attributes.
constexpr std::string_view kContentPolicy =
    "default-src 'self'; connect-src 'self'; img-src 'self' data:; style-src 'self' "
    "'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors "
    "'self'";

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(asio::ip::tcp::socket socket, ServerContext& context)
      : stream_(std::move(socket)), context_(context) {}

  void read() {
    parser_.emplace();
    parser_->header_limit(kMaxHeader);
    parser_->body_limit(0);
    stream_.expires_after(kRequestTimeout);
    http::async_read(stream_, buffer_, *parser_,
                     [self = shared_from_this()](beast::error_code failure, std::size_t) {
                       self->on_read(failure);
                     });
  }

 private:
  using Request = http::request<http::empty_body>;

  void on_read(beast::error_code failure) {
    if (failure == http::error::header_limit) {
      return reply_text(http::status::request_header_fields_too_large, "header too large\n");
    }
    if (failure == http::error::body_limit) {
      return reply_text(http::status::payload_too_large, "no body is expected here\n");
    }
    if (failure) return;
    const Request& request = parser_->get();
    const std::string_view target = view(request.target());
    const std::string_view path = target.substr(0, target.find('?'));
    if (path == "/ws") return upgrade_viewer(request);
    if (path == "/ingest") return upgrade_trainer(request);
    if (request.method() != http::verb::get && request.method() != http::verb::head) {
      return reply_text(http::status::method_not_allowed, "only GET and HEAD\n");
    }
    if (path == "/healthz") return reply_health();
    if (const Asset* asset = context_.files.find(target)) return reply_asset(request, *asset);
    reply_text(http::status::not_found, "not found\n");
  }

  void upgrade_viewer(const Request& request) {
    if (!beast::websocket::is_upgrade(request)) {
      return reply_text(http::status::upgrade_required, "this is a WebSocket endpoint\n");
    }
    if (!is_origin_allowed(view(request[http::field::origin]), view(request[http::field::host]),
                           context_.options.allowed_origins)) {
      return reply_text(http::status::forbidden, "this page may not connect; see --allow-origin\n");
    }
    const std::string_view key = view(request[http::field::sec_websocket_key]);
    if (key.size() != 24) return reply_text(http::status::bad_request, "bad Sec-WebSocket-Key\n");
    boost::system::error_code failure;
    const auto address = stream_.socket().remote_endpoint(failure).address();
    if (failure) return;
    const std::string text = address.to_string();
    if (const auto why = context_.hub.refusal(text, address.is_loopback()); !why.empty()) {
      return reply_text(http::status::service_unavailable, std::string(why) + "\n");
    }
    const std::string response = fmt::format(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: {}\r\n\r\n",
        accept_key(key));
    const auto early = buffer_.data();
    context_.hub.admit(stream_.release_socket(), text, response,
                       {static_cast<const char*>(early.data()), early.size()});
  }

  void upgrade_trainer(const Request& request) {
    if (!is_authorized(view(request[http::field::authorization]),
                       context_.options.operator_token)) {
      return reply_text(http::status::unauthorized, "the operator token is missing or wrong\n");
    }
    if (!beast::websocket::is_upgrade(request)) {
      return reply_text(http::status::upgrade_required, "this is a WebSocket endpoint\n");
    }
    stream_.expires_never();
    serve_trainer(stream_.release_socket(), parser_->release(), context_);
  }

  void reply_health() {
    const HubCounters& counters = context_.hub.counters();
    std::string left;
    for (const auto& [why, count] : counters.left) {
      left += fmt::format("{}\"{}\":{}", left.empty() ? "" : ",", why, count);
    }
    auto response = make<http::string_body>(http::status::ok);
    response.set(http::field::content_type, "application/json");
    response.set(http::field::cache_control, "no-store");
    response.body() = fmt::format(
        "{{\"status\":\"ok\",\"viewers\":{},\"joined\":{},\"frames\":{},\"conflated\":{},"
        "\"left\":{{{}}}}}\n",
        counters.viewers, counters.joined, counters.frames, counters.conflated, left);
    send(std::move(response));
  }

  void reply_asset(const Request& request, const Asset& asset) {
    const bool packed =
        !asset.gzip.empty() &&
        view(request[http::field::accept_encoding]).find("gzip") != std::string_view::npos;
    const bool known =
        view(request[http::field::if_none_match]).find(asset.etag) != std::string_view::npos;
    auto response =
        make<http::span_body<const char>>(known ? http::status::not_modified : http::status::ok);
    response.set(http::field::etag, asset.etag);
    response.set(http::field::cache_control,
                 asset.immutable ? "public, max-age=31536000, immutable" : "no-cache");
    response.set(http::field::vary, "Accept-Encoding");
    if (!known) {
      response.set(http::field::content_type, asset.content_type);
      if (packed) response.set(http::field::content_encoding, "gzip");
      const std::string& bytes = packed ? asset.gzip : asset.bytes;
      response.body() = {bytes.data(), bytes.size()};
    }
    send(std::move(response));
  }

  void reply_text(http::status status, std::string text) {
    auto response = make<http::string_body>(status);
    response.set(http::field::content_type, "text/plain; charset=utf-8");
    if (status == http::status::method_not_allowed) response.set(http::field::allow, "GET, HEAD");
    response.body() = std::move(text);
    send(std::move(response));
  }

  template <class Body>
  http::response<Body> make(http::status status) {
    http::response<Body> response{status, 11};
    response.set("Content-Security-Policy", kContentPolicy);
    response.set("X-Content-Type-Options", "nosniff");
    response.set("Referrer-Policy", "no-referrer");
    response.keep_alive(parser_->is_done() && parser_->get().keep_alive());
    return response;
  }

  template <class Body>
  void send(http::response<Body>&& response) {
    auto message = std::make_shared<http::response<Body>>(std::move(response));
    message->prepare_payload();
    stream_.expires_after(kWriteTimeout);
    const auto done = [self = shared_from_this(), message](beast::error_code failure, std::size_t) {
      if (failure) return;
      if (message->keep_alive()) return self->read();
      beast::error_code ignored;
      self->stream_.socket().shutdown(asio::ip::tcp::socket::shutdown_send, ignored);
    };
    if (parser_->is_done() && parser_->get().method() == http::verb::head) {
      auto header = std::make_shared<http::response_serializer<Body>>(*message);
      http::async_write_header(
          stream_, *header,
          [done, header](beast::error_code failure, std::size_t size) { done(failure, size); });
    } else {
      http::async_write(stream_, *message, done);
    }
  }

  beast::tcp_stream stream_;
  ServerContext& context_;
  beast::flat_buffer buffer_{kMaxHeader};
  std::optional<http::request_parser<http::empty_body>> parser_;
};

}  // namespace

void serve_http(asio::ip::tcp::socket socket, ServerContext& context) {
  std::make_shared<HttpSession>(std::move(socket), context)->read();
}

}  // namespace keisei::edge

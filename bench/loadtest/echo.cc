#include "loadtest/echo.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <csignal>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/counters.h"
#include "base/notices.h"
#include "edge/connection.h"
#include "edge/permessage_deflate.h"
#include "http/server.h"
#include "http/websocket_upgrade.h"

namespace keisei::loadtest {
namespace {

using namespace std::chrono_literals;

class EchoConnection final : public edge::Connection {
 public:
  EchoConnection(http::Accepted connection, const std::optional<edge::DeflateTerms>& deflate,
                 const Clock& clock, std::size_t most_bytes)
      : Connection(std::move(connection), clock,
                   edge::MessageRules{
                       .most_bytes = most_bytes, .binary = true, .deflated = deflate.has_value()},
                   edge::KeepaliveOptions{}) {
    if (deflate && deflate->takes_shared_frames()) deflater_.emplace();
    keepalive().greeted();
  }

 private:
  void on_text(std::string text) override { say_back(edge::Opcode::text, text); }
  void on_binary(std::string_view bytes) override { say_back(edge::Opcode::binary, bytes); }
  void on_gone(edge::Leaving) override {}

  void say_back(edge::Opcode opcode, std::string_view payload) {
    put_queued(std::make_shared<const std::string>(
        deflater_ ? edge::deflated_frame_bytes(opcode, deflater_->deflate(payload))
                  : edge::frame_bytes(opcode, payload)));
    flush();
  }

  std::optional<edge::MessageDeflater> deflater_;
};

// As the edge does: what makes no progress ends.
class Checks {
 public:
  explicit Checks(boost::asio::io_context& context) : timer_(context) { run(); }
  void add(std::shared_ptr<EchoConnection> connection) {
    connections_.push_back(std::move(connection));
  }

 private:
  void run() {
    std::erase_if(connections_, [](const auto& connection) { return connection->is_gone(); });
    for (const auto& connection : connections_) connection->check();
    timer_.expires_after(1s);
    timer_.async_wait([this](boost::system::error_code stopped) {
      if (!stopped) run();
    });
  }

  boost::asio::steady_timer timer_;
  std::vector<std::shared_ptr<EchoConnection>> connections_;
};

}  // namespace

int serve_echo(const EchoOptions& options) {
  const SystemClock clock;
  Counters counters;
  Notices notices(clock, [](const Notices::Notice& notice) {
    std::cerr << "keisei-loadtest: " << line_of(notice) << "\n";
  });
  boost::asio::io_context context(1);
  Checks checks(context);

  http::Router router;
  router.upgrade(
      "/", [&](const http::Request& request) -> tl::expected<http::TakeOver, http::Response> {
        const auto deflate = edge::accept_deflate(request.field("Sec-WebSocket-Extensions"));
        auto accepted = http::accept_upgrade(request, deflate ? deflate->response : "");
        if (!accepted) return tl::unexpected<http::Response>(std::move(accepted.error()));
        return [&, deflate, handshake = std::move(*accepted)](http::Accepted connection,
                                                              std::string_view early) {
          const auto echo = std::make_shared<EchoConnection>(std::move(connection), deflate, clock,
                                                             options.most_bytes);
          checks.add(echo);
          echo->start(handshake, early);
        };
      });
  http::ListenOptions listen;
  listen.port = options.port;
  http::Server server(context, listen,
                      {std::move(router),
                       {},
                       http::HttpCounters(counters, "keisei_echo_http"),
                       http::PortTopics(notices, "echo_port", "the echo's port"),
                       clock});
  if (const auto listening = server.listen(); !listening) {
    std::cerr << "keisei-loadtest: " << listening.error().message << "\n";
    return 1;
  }
  std::cerr << "echoing on ws://127.0.0.1:" << server.port() << "\n";
  boost::asio::signal_set signals(context, SIGINT, SIGTERM);
  signals.async_wait([&](boost::system::error_code failure, int) {
    if (!failure) context.stop();
  });
  context.run();
  return 0;
}

}  // namespace keisei::loadtest

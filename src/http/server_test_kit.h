#pragma once

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <atomic>
#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <cstdint>
#include <future>
#include <optional>
#include <string>
#include <thread>

#include "base/testing/comes_true.h"
#include "base/testing/manual_clock.h"
#include "http/server.h"
#include "http/test_client.h"
#include "http/websocket_upgrade.h"

namespace keisei::http::testing {

/// A whole server on a free port, with its thread.
class HttpServerTest : public ::testing::Test {
 protected:
  HttpServerTest() {
    Router router;
    router.get("/client", [](const Request& request, const Reply& reply) {
      reply(text_response("text/plain", request.client.address.to_string()));
    });
    router.post("/echo", 16, [](const Request& request, const Reply& reply) {
      reply(text_response("text/plain", request.body));
    });
    router.get("/counted", [this](const Request&, const Reply& reply) {
      reply(text_response("text/plain", ""));
      answered_within_the_call_ = responses()[Status::ok].value();
    });
    router.get("/later", [this](const Request&, Reply reply) { later_.set_value(reply); });
    router.upgrade("/ws", [this](const Request& request) -> tl::expected<TakeOver, Response> {
      auto accepted = accept_upgrade(request);
      if (!accepted) return tl::unexpected<Response>(accepted.error());
      return [this, handshake = *accepted](Accepted connection, std::string_view early) {
        unsigned limit = 0;
        socklen_t size = sizeof limit;
        ::getsockopt(connection.socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &limit,
                     &size);
        unacknowledged_limit_ms_ = limit;
        boost::asio::write(connection.socket, boost::asio::buffer(handshake + std::string(early)));
      };
    });
    Site site{std::move(router), TrustedProxies::parse({"127.0.0.0/8"}).value(),
              HttpCounters(counters_, "keisei_test_http"),
              PortTopics(notices_, "test_port", "the test's port"), clock_};
    server_.emplace(context_, ListenOptions{}, std::move(site));
    EXPECT_TRUE(server_->listen());
    thread_ = std::thread([this] { context_.run(); });
  }
  ~HttpServerTest() override {
    context_.stop();
    thread_.join();
  }

  std::uint16_t port() const { return server_->port(); }
  CounterFamily<Status> responses() {
    return counters_.family<Status>("keisei_test_http_responses_total", "Requests answered.",
                                    "status");
  }
  CounterFamily<Dropped> dropped() {
    return counters_.family<Dropped>("keisei_test_http_dropped_total",
                                     "Connections that ended within a request, unanswered.");
  }

  ManualClock clock_;
  Counters counters_;
  Notices notices_{clock_, [](const Notices::Notice&) {}};
  std::promise<Reply> later_;
  std::uint64_t answered_within_the_call_ = 0;
  std::atomic<unsigned> unacknowledged_limit_ms_ = 0;
  boost::asio::io_context context_{1};
  std::optional<Server> server_;
  std::thread thread_;
};

/// A connection, as one descriptor where a TestClient has several; whoever calls closes it.
inline int connected_socket(std::uint16_t port) {
  const int client = ::socket(AF_INET, SOCK_STREAM, 0);
  const timeval patience{5, 0};
  ::setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  ::connect(client, reinterpret_cast<const sockaddr*>(&address), sizeof address);
  return client;
}

}  // namespace keisei::http::testing

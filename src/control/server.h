#pragma once

#include <boost/asio/io_context.hpp>
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/counters.h"
#include "base/notices.h"
#include "base/result.h"
#include "broker/broker.h"
#include "control/operator_words.h"
#include "http/server.h"

namespace keisei::control {

struct ServerOptions {
  http::ListenOptions listen{
      .port = 8081, .bind_flag = "--control-bind", .port_flag = "--control-port"};
  std::string operator_token;
};

/// The operator's port: the API, `/metrics` for Prometheus and `/healthz`. Nothing is answered
/// without the operator's token, not even that there is nothing. Everything runs on the thread that
/// runs `context`; all that is passed in outlives it.
class Server {
 public:
  Server(boost::asio::io_context& context, ServerOptions options, broker::EdgeSide& broker,
         const Clock& clock, Counters& counters, Notices& notices);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Opens the port. The error says what to do when it is taken.
  Result<void> listen() { return http_.listen(); }
  /// The port in use, after listen().
  std::uint16_t port() const { return http_.port(); }
  /// Takes no more connections. Call on the server's thread.
  void stop() { http_.stop(); }

 private:
  http::Router routes();

  ServerOptions options_;
  const Clock& clock_;
  Counters& counters_;
  const Notices& notices_;
  SteadyTime began_;
  OperatorWords words_;
  http::Server http_;
};

}  // namespace keisei::control

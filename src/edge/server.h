#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "broker/broker.h"
#include "edge/hub.h"
#include "edge/static_files.h"
#include "edge/stream_switch.h"

namespace keisei::edge {

struct ServerOptions {
  std::string bind = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: any free one
  std::string operator_token;
  std::vector<std::string> allowed_origins;  // besides the same host and this machine
  HubOptions hub;
};

/// What the routes need; one per server.
struct ServerContext {
  const StaticFiles& files;
  Hub& hub;
  broker::EdgeSide& broker;
  const ServerOptions& options;
  StreamSwitch& stream_switch;
  const Clock& clock;
  /// Sessions of trainers, so that the newest one can end the one before it.
  std::weak_ptr<void> trainer;
  std::function<void()> close_trainer;
  std::function<void(const broker::TrainerWord&)> tell_trainer;
};

/// The public port: the page and `/healthz` over HTTP, `/ws` for viewers, `/ingest` for the
/// trainer. Everything runs on the thread that runs `context`.
class Server {
 public:
  Server(boost::asio::io_context& context, ServerOptions options, StaticFiles files,
         broker::EdgeSide& broker, const Clock& clock);

  /// Opens the port. The error says what to do when it is taken.
  Result<void> listen();
  /// The port in use, after listen().
  std::uint16_t port() const;
  /// Takes no more connections and says goodbye to those there are. Call on the server's thread.
  void stop();
  /// Thread-safe only while `context` does not run.
  const Hub& hub() const { return hub_; }

 private:
  void accept();

  ServerOptions options_;
  StaticFiles files_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer retry_;
  StreamSwitch stream_switch_;
  Hub hub_;
  ServerContext shared_;
  std::unique_ptr<broker::EdgeSide::Attachment> attachment_;
};

}  // namespace keisei::edge

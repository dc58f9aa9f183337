#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/counters.h"
#include "base/notices.h"
#include "base/result.h"
#include "broker/broker.h"
#include "edge/admission.h"
#include "edge/edge_counters.h"
#include "edge/epoch_gate.h"
#include "edge/frame_inbox.h"
#include "edge/hub.h"
#include "edge/inbound.h"
#include "edge/ingest.h"
#include "edge/public_api.h"
#include "http/address_limits.h"
#include "http/server.h"
#include "http/static_files.h"
#include "protocol/http_api.h"

namespace keisei::edge {

struct ServerOptions {
  http::ListenOptions listen{.port = 8080};
  std::string operator_token;
  std::vector<std::string> allowed_origins;  // besides the same host and this machine
  std::vector<std::string> allowed_hosts;    // names, besides this machine's
  http::RateLimitOptions questions{.per_second = protocol::kQuestionsPerSecond,
                                   .burst = protocol::kQuestionsAtOnce};  // of one address
  http::TrustedProxies proxies;
  AdmissionOptions admission;
  bool deflate = true;                              // messages, for viewers who offer it
  std::size_t descriptors = 20'000;                 // the process's limit on open files
  std::string no_trainer;                           // why none is admitted; empty: they are
  std::function<void(http::Router&)> add_routes{};  // of what else anyone may ask for
  /// What viewers can look back at.
  Hub::Past past = [] { return std::optional<protocol::PastRange>(); };
};

/// The public port: the page, `/healthz`, `/readyz` and what anyone may read over HTTP, `/ws` and
/// `/events` for viewers, `/ingest` for the trainer. Everything runs on the thread that runs
/// `context`; all that is passed in outlives it.
class Server {
 public:
  Server(boost::asio::io_context& context, ServerOptions options, http::StaticFiles files,
         broker::EdgeSide& broker, const Clock& clock, Counters& counters, Notices& notices);
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Opens the port. The error says what to do when it is taken.
  Result<void> listen() { return http_.listen(); }
  /// The port in use, after listen().
  std::uint16_t port() const { return http_.port(); }
  /// Serves a connection that was accepted elsewhere. Call on the server's thread.
  void admit(boost::asio::ip::tcp::socket socket) { http_.admit(std::move(socket)); }
  /// Takes no more connections and says goodbye to those there are. Call on the server's thread.
  void stop();
  /// Whether nobody is connected to `/ws`. Call on the server's thread.
  bool is_empty() const { return hub_.is_empty(); }
  /// How many viewers have said hello. Thread-safe.
  std::int64_t viewers() const { return counters_.viewers.value(); }

 private:
  http::Router routes();
  void take_frames();
  tl::expected<http::TakeOver, http::Response> upgrade_viewer(const http::Request& request);
  tl::expected<http::TakeOver, http::Response> open_events(const http::Request& request);
  std::optional<http::Response> stranger(const http::Request& request);
  std::optional<http::Response> refusal(const http::Request& request);
  http::Response readiness() const;
  tl::expected<http::TakeOver, http::Response> upgrade_trainer(const http::Request& request);

  ServerOptions options_;
  http::StaticFiles files_;
  const Clock& clock_;
  EdgeCounters counters_;
  Topic& trainers_door_;
  Topic& takeovers_;
  Topic& foreign_hosts_;
  EpochGate gate_;
  Admission admission_;
  http::AddressLimits questions_;
  Inbound inbound_;
  Hub hub_;
  PublicApi api_;
  Ingest ingest_;
  http::Server http_;
  FrameInbox frames_;
  bool has_heard_ = false;  // of a studio
  bool is_stopping_ = false;
  std::unique_ptr<broker::EdgeSide::Attachment> attachment_;
};

}  // namespace keisei::edge

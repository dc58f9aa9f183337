#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "broker/frame.h"
#include "edge/identity.h"
#include "edge/outbox.h"
#include "edge/subscription.h"
#include "edge/websocket_frames.h"

namespace keisei::edge {

class Viewer;

/// What a viewer's connection needs from the hub that serves it.
class ViewerHost {
 public:
  virtual ~ViewerHost() = default;
  /// The viewer said hello, for the first time or again: answer, then send the present.
  virtual void on_hello(Viewer& viewer, bool first) = 0;
  virtual void on_conflated() = 0;
  /// A `control` message; the error to answer with, if any.
  virtual std::optional<protocol::ErrorMessage> on_control(std::string_view json) = 0;
  /// The connection is over; `why` is a snake_case word for the counters. Called once.
  virtual void on_gone(Viewer& viewer, std::string_view why) = 0;
  virtual SteadyTime now() const = 0;
  /// Seconds since the epoch, for the messages that are made here.
  virtual double timestamp() const = 0;
};

/// One viewer's connection after the upgrade. It owns the socket and all its reads and writes; an
/// idle one holds no buffer. Runs on the hub's thread.
///
/// A viewer that does not read keeps at most the newest frame of each type and 32 queued messages.
/// It is disconnected when it has taken no byte of what waits for 30 s.
class Viewer : public std::enable_shared_from_this<Viewer> {
 public:
  static constexpr std::size_t kMaxMessage = 4096;

  Viewer(boost::asio::ip::tcp::socket socket, ViewerHost& host);

  /// `early` are bytes that came with the upgrade request.
  void start(std::string_view handshake_response, std::string_view early);

  /// Where the hub keeps it; for the hub only.
  std::size_t place = 0;

  const Id& id() const { return id_; }
  const Subscription& subscription() const { return subscription_; }
  bool greeted() const { return greeted_; }

  /// Queue, do not send: flush() sends everything that waits in one system call.
  void put_latest(std::size_t slot, broker::Bytes framed);
  void put_queued(broker::Bytes framed);
  void forget_latest() { outbox_.drop_latest(); }
  /// Sends as much as the socket takes and the viewer's max_fps allows. May end the connection.
  void flush();
  /// Whether state frames wait for the viewer's max_fps.
  bool paced() const { return !blocked_ && !closing_ && !outbox_.empty(); }

  /// Pings, and ends the connections that make no progress. Call about once a second.
  void check(SteadyTime now);
  /// `why` is a literal: it goes to the viewer and to the counters.
  void close(std::uint16_t code, std::string_view why);
  /// Without a goodbye.
  void drop(std::string_view why);

 private:
  void wait_readable();
  void on_readable();
  void receive(std::string_view bytes);
  void on_message(std::string_view json);
  bool within_rate(SteadyTime now);
  void wait_writable();

  boost::asio::ip::tcp::socket socket_;
  ViewerHost& host_;
  Id id_ = random_id();
  Subscription subscription_;
  FrameReader reader_{kMaxMessage};
  Outbox outbox_;
  SteadyTime last_progress_;  // of sending
  SteadyTime last_ping_;
  SteadyTime next_latest_{};  // pace of max_fps
  SteadyTime rate_refilled_;
  float rate_tokens_;
  std::string_view leaving_;  // why it was closed; a literal
  bool greeted_ = false;
  bool blocked_ = false;  // the socket takes no more; a wait for it is under way
  bool closing_ = false;  // a close frame is queued or sent; nothing else is accepted
  bool gone_ = false;
};

}  // namespace keisei::edge

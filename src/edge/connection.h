#pragma once

#include <sys/uio.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/thread_check.h"
#include "edge/edge_counters.h"
#include "edge/keepalive.h"
#include "edge/outbox.h"
#include "edge/websocket_frames.h"
#include "http/accepted.h"
#include "http/rate_limit.h"

namespace keisei::edge {

/// A WebSocket connection after the upgrade, or an answer of server-sent events that does not end.
/// It owns the socket and all its reads and writes; an idle one holds no buffer. Runs on one
/// thread, that of the socket's context.
///
/// A peer that does not read keeps at most the newest frame of each slot and 32 queued messages. It
/// is disconnected when it has taken no byte of what waits for 30 s. Pings are answered up to 20 a
/// second; whoever goes on and on with them, or with other frames that say nothing, is
/// disconnected. A peer that says goodbye may have to wait for the answer for up to 5 s, until it
/// has been told what it is owed.
///
/// Of events neither pong nor goodbye comes, a goodbye is their end, and whoever says something
/// after the request ends them.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  virtual ~Connection() = default;

  /// Sends the bytes that accept the request, and reads; `early` are bytes that came with it.
  void start(std::string_view handshake, std::string_view early);

  /// Queue, do not send: flush() sends everything that waits in one system call.
  void put_latest(std::size_t slot, broker::Bytes framed);
  void put_queued(broker::Bytes framed);
  void forget_latest() { outbox_.drop_latest(); }
  /// Sends as much as the socket and the pace allow. May end the connection.
  void flush() { send(pace_ == 0 || clock_.steady() >= next_latest_); }
  /// The same of what was put with put_queued() only.
  void flush_queued() { send(false); }
  /// Whether it may be sent something that has not been put.
  bool waits_for_nothing() const {
    return outbox_.empty() && !blocked_ && !closing_ && !gone_ && pace_ == 0;
  }
  /// Sends what has not been put, and returns how many bytes of it the socket has taken. If not
  /// all: put the same and tell has_taken(). Precondition: waits_for_nothing().
  std::size_t send_at_once(std::span<const iovec> vectors);
  /// Of the slots' frames these bytes are sent already.
  void has_taken(std::size_t bytes) { outbox_.sent(bytes, true); }
  /// Whether frames wait for the pace.
  bool paced() const { return !blocked_ && !closing_ && !outbox_.empty(); }

  /// Pings, and ends what makes no progress. Call about once a second.
  void check();
  /// Says goodbye, with the reason, and ends when the peer has said so too.
  void close(std::uint16_t code, Leaving why) { close(code, why, to_string(why)); }
  void close(std::uint16_t code, Leaving why, std::string_view words);
  /// Ends without a goodbye.
  void drop(Leaving why);

  /// Whether on_gone has been called.
  bool is_gone() const { return gone_; }
  /// For whoever has an answer from another thread.
  boost::asio::any_io_executor executor() { return socket_.get_executor(); }

 protected:
  /// `rules`: none for events.
  Connection(http::Accepted connection, const Clock& clock,
             const std::optional<MessageRules>& rules, const KeepaliveOptions& keepalive);

  /// A whole message of the peer.
  virtual void on_text(std::string text) = 0;
  /// The same, where the rules allow it.
  virtual void on_binary(std::string_view) {}
  virtual void on_conflated() {}
  /// Whether a peer that has said goodbye is still owed something. When not any more: part().
  virtual bool owes() const { return false; }
  /// A goodbye follows: the last time to queue something.
  virtual void say_last_words() {}
  /// The connection is over. Called once.
  virtual void on_gone(Leaving why) = 0;

  /// At most so many rounds of slot frames a second; 0: as fast as there is news.
  void set_pace(int rounds_per_second);
  /// Until resume_reading(). No pong is missed meanwhile: nobody would have read it.
  void pause_reading() { reading_ = false; }
  void resume_reading();
  bool is_over() const { return closing_ || gone_; }
  /// Whether the peer has said goodbye. It says nothing more.
  bool is_parting() const { return goodbye_.has_value(); }
  /// Answers the peer's goodbye.
  void part();
  const Clock& clock() const { return clock_; }
  Keepalive& keepalive() { return keepalive_; }

 private:
  void send(bool include_latest);
  /// For each frame that says nothing. Whether it deserves an answer; may end the connection.
  bool bears_idle_frame();
  void answer_ping(std::string_view payload);
  void hear_goodbye(std::uint16_t code);
  void wait_readable();
  void on_readable();
  void receive(std::string_view bytes);
  void wait_writable();

  boost::asio::ip::tcp::socket socket_;
  http::Room::Place place_;
  const Clock& clock_;
  std::optional<FrameReader> reader_;  // none for events
  http::RateLimit idle_rate_;
  std::uint64_t crumbs_ = 0;  // of the reader's, counted so far
  Outbox outbox_;
  Keepalive keepalive_;
  SteadyTime last_progress_;  // of sending
  struct Goodbye {
    std::uint16_t code;
    SteadyTime at;
  };
  std::optional<Goodbye> goodbye_;  // the peer's
  SteadyTime closed_at_{};
  SteadyTime next_latest_{};
  int pace_ = 0;
  Leaving leaving_ = Leaving::closed_by_peer;  // why it was closed
  bool reading_ = true;
  bool awaits_read_ = false;  // a wait for bytes is under way
  bool blocked_ = false;      // the socket takes no more; a wait for it is under way
  bool closing_ = false;      // a close frame is queued or sent; nothing else is accepted
  bool gone_ = false;
  ThreadChecker thread_;
};

}  // namespace keisei::edge

#pragma once

#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "redis/address.h"
#include "redis/backoff.h"
#include "redis/reply.h"

namespace keisei::redis {

/// A connection to a server, which comes again by itself when it breaks. What is unanswered then
/// is forgotten: whoever asked asks again in `on_up`, or sends through a Pipe.
///
/// All of it is for the thread of `context`, which runs no longer when this goes.
class Connection {
 public:
  /// A server that says nothing for that long, with a question waiting, is given up.
  static constexpr std::chrono::seconds kPatience{4};

  struct Events {
    std::function<void()> on_up;
    /// It broke, or did not come about.
    std::function<void(const std::string& why)> on_down;
  };
  using OnReply = std::function<void(Reply reply)>;

  /// `clock` outlives it.
  Connection(boost::asio::io_context& context, const Address& address, const Clock& clock,
             std::function<double()> random, Events events);
  ~Connection();

  void start();
  bool is_up() const { return attempt_ && is_up_; }
  /// An encoded command. Precondition: is_up().
  void send(const std::string& command, OnReply on_reply);
  /// Ends it, to come again.
  void fail(const std::string& why);

 private:
  struct Attempt;
  using AttemptPtr = std::shared_ptr<Attempt>;

  void connect();
  void shake_hands(const AttemptPtr& attempt);
  void ask(Attempt& attempt, const std::string& command, OnReply on_reply);
  void write(const AttemptPtr& attempt);
  void read(const AttemptPtr& attempt);
  void hear(const AttemptPtr& attempt);
  void watch();

  boost::asio::io_context& context_;
  const Address address_;
  const Clock& clock_;
  Backoff backoff_;
  const Events events_;
  boost::asio::steady_timer again_;
  boost::asio::steady_timer watch_;
  AttemptPtr attempt_;  // null while the next one is waited for
  bool is_up_ = false;
  SteadyTime up_since_{};
};

/// Commands that reach the server whatever happens to the connection, in their order: each is kept
/// until it is answered, and sent again over the next connection. So each must be one that may be
/// done twice. Threads as for Connection.
class Pipe {
 public:
  Pipe(boost::asio::io_context& context, const Address& address, const Clock& clock,
       std::function<double()> random, Connection::Events events);

  void start() { connection_.start(); }
  bool is_up() const { return connection_.is_up(); }
  /// An answer that is an error breaks the connection: it says why, and the command is kept.
  void send(std::string command, Connection::OnReply on_reply);

 private:
  struct Kept {
    std::string command;
    Connection::OnReply on_reply;
  };
  void put_through(const std::string& command);

  const Connection::Events events_;
  std::deque<Kept> kept_;
  Connection connection_;
};

}  // namespace keisei::redis

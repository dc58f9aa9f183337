#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/counters.h"
#include "base/notices.h"
#include "base/result.h"
#include "base/thread_check.h"
#include "http/message.h"
#include "http/room.h"
#include "http/router.h"
#include "http/trusted_proxies.h"

namespace keisei::http {

struct ListenOptions {
  std::string bind = "127.0.0.1";
  std::uint16_t port = 0;  // 0: any free one
  // What the flags for the two are called, for errors that say what to do.
  std::string bind_flag = "--bind";
  std::string port_flag = "--port";
  RoomOptions room;
};

/// Why a connection ended within a request, which got no answer.
BOOST_DEFINE_ENUM_CLASS(Dropped, closed_by_client, timed_out, sent_away)

/// What a port counts, under names that begin with its prefix: "keisei_edge_http". A request is
/// among the responses or the dropped, never both.
struct HttpCounters {
  HttpCounters(Counters& counters, std::string_view prefix);

  Counter& connections;
  Counter& accept_retries;
  CounterFamily<NoPlace> turned_away;
  Counter& sent_away;
  CounterFamily<Status> responses;
  CounterFamily<Dropped> dropped;
  Counter& answers_cut_short;
};

/// What people are told of a port. Topics' names begin with `name`: "public_port".
struct PortTopics {
  PortTopics(Notices& notices, std::string_view name, std::string_view what);

  Topic& accepting;  // fails without a descriptor
  Topic& room;       // fails while all places are taken
  Topic& crowds;     // one address wants more than its share
};

/// What the sessions of one port share.
struct Site {
  Router router;
  TrustedProxies proxies;
  HttpCounters counters;
  PortTopics topics;
  const Clock& clock;
};

/// A port that speaks HTTP/1.1 and answers by a router. Everything runs on the thread that runs
/// `context`; the server outlives that run.
///
/// Every connection has one of the port's places from its acceptance on, so that whoever opens many
/// leaves descriptors to others. This machine and trusted proxies may take all of them.
class Server {
 public:
  Server(boost::asio::io_context& context, ListenOptions options, Site site);

  /// Opens the port. The error says what to do when it is taken.
  Result<void> listen();
  /// The port in use, after listen().
  std::uint16_t port() const;
  /// Serves a connection that was accepted elsewhere, if there is a place for it.
  void admit(boost::asio::ip::tcp::socket socket);
  /// Takes no more connections. Those there are go on.
  void stop();

 private:
  void accept();

  ListenOptions options_;
  Site site_;
  std::shared_ptr<Room> room_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer retry_;
  SteadyTime accept_failed_{};
  ThreadChecker thread_;  // of the context, once it runs
};

}  // namespace keisei::http

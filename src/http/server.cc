#include "http/server.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <boost/asio/socket_base.hpp>
#include <chrono>
#include <utility>

#include "http/port_owner.h"
#include "http/session.h"

namespace keisei::http {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

using namespace std::chrono_literals;

constexpr auto kRetryAccept = 100ms;
constexpr auto kAcceptsAgain = 10s;  // without a failure
constexpr std::chrono::milliseconds kUnacknowledgedLimit = 45s;

// Else what is sent to a machine that has vanished is sent again for a quarter of an hour.
void limit_unacknowledged_time(tcp::socket& socket) {
  const auto limit = static_cast<unsigned>(kUnacknowledgedLimit.count());
  (void)::setsockopt(socket.native_handle(), IPPROTO_TCP, TCP_USER_TIMEOUT, &limit, sizeof limit);
}

Response refusal(NoPlace why) {
  return problem_response({Status::unavailable, ErrorCode::unavailable,
                           why == NoPlace::full ? "too many connections; try again later"
                                                : "too many connections from this address"});
}

}  // namespace

HttpCounters::HttpCounters(Counters& counters, std::string_view prefix)
    : connections(
          counters.counter(std::string(prefix) + "_connections_total", "Connections accepted.")),
      accept_retries(counters.counter(std::string(prefix) + "_accept_retries_total",
                                      "Times that no connection could be accepted: out of "
                                      "descriptors, most likely.")),
      turned_away(counters.family<NoPlace>(std::string(prefix) + "_turned_away_total",
                                           "Connections that were refused at once.")),
      sent_away(counters.counter(std::string(prefix) + "_sent_away_total",
                                 "Connections that idled or dawdled and were ended for others.")),
      responses(counters.family<Status>(std::string(prefix) + "_responses_total",
                                        "Requests answered.", "status")),
      dropped(counters.family<Dropped>(std::string(prefix) + "_dropped_total",
                                       "Connections that ended within a request, unanswered.")),
      answers_cut_short(counters.counter(std::string(prefix) + "_answers_cut_short_total",
                                         "Answers that the client did not wait for or took too "
                                         "slowly.")) {}

PortTopics::PortTopics(Notices& notices, std::string_view name, std::string_view what)
    : accepting(notices.topic(std::string(name) + "_accepting",
                              "accepting connections to " + std::string(what))),
      room(notices.topic(std::string(name) + "_room",
                         "room for connections to " + std::string(what))),
      crowds(notices.topic(std::string(name) + "_crowds",
                           "connections from one address to " + std::string(what))) {}

Server::Server(asio::io_context& context, ListenOptions options, Site site)
    : options_(std::move(options)),
      site_(std::move(site)),
      room_(Room::make(options_.room)),
      acceptor_(context),
      retry_(context) {}

Result<void> Server::listen() {
  boost::system::error_code failure;
  const auto address = asio::ip::make_address(options_.bind, failure);
  if (failure) {
    return fail(options_.bind_flag + " " + options_.bind +
                " is no IP address; try 127.0.0.1 or 0.0.0.0");
  }
  const tcp::endpoint endpoint(address, options_.port);
  acceptor_.open(endpoint.protocol(), failure);
  if (!failure) acceptor_.set_option(asio::socket_base::reuse_address(true), failure);
  if (!failure) acceptor_.bind(endpoint, failure);
  if (!failure) acceptor_.listen(asio::socket_base::max_listen_connections, failure);
  if (failure == asio::error::address_in_use) {
    const std::string owner = port_owner(options_.port);
    return fail("port " + std::to_string(options_.port) + " is in use" +
                (owner.empty() ? ": stop the program that has it" : " by " + owner + ": stop it") +
                ", or choose another with " + options_.port_flag);
  }
  if (failure) {
    return fail("cannot listen on " + options_.bind + ":" + std::to_string(options_.port) + ": " +
                failure.message() + "; choose another " + options_.bind_flag + " or " +
                options_.port_flag);
  }
  accept();
  return {};
}

std::uint16_t Server::port() const {
  boost::system::error_code ignored;
  return acceptor_.local_endpoint(ignored).port();
}

void Server::accept() {
  acceptor_.async_accept([this](boost::system::error_code failure, tcp::socket socket) {
    thread_.check();
    if (failure == asio::error::operation_aborted || !acceptor_.is_open()) return;
    if (failure) {
      // Let some connections end before trying again.
      accept_failed_ = site_.clock.steady();
      site_.counters.accept_retries.add();
      site_.topics.accepting.fails(failure.message());
      if (room_->send_one_away()) site_.counters.sent_away.add();
      retry_.expires_after(kRetryAccept);
      retry_.async_wait([this](boost::system::error_code stopped) {
        if (!stopped) accept();
      });
      return;
    }
    site_.counters.connections.add();
    if (site_.clock.steady() - accept_failed_ > kAcceptsAgain) site_.topics.accepting.works();
    admit(std::move(socket));
    accept();
  });
}

void Server::admit(tcp::socket socket) {
  boost::system::error_code failure;
  const auto peer = socket.remote_endpoint(failure).address();
  if (failure) return;  // gone already
  const auto address = site_.proxies.client_of(peer, {}).address;
  const bool is_exempt = address.is_loopback() || site_.proxies.trusts(address);
  const std::size_t sent_away = room_->sent_away();
  auto place = room_->enter(address, is_exempt);
  site_.counters.sent_away.add(room_->sent_away() - sent_away);
  if (room_->sent_away() > sent_away || (!place && place.error() == NoPlace::full)) {
    site_.topics.room.fails("all " + std::to_string(room_->places()) +
                            " places are taken; whoever idles makes room for others");
  } else if (room_->taken() <= room_->places() / 4 * 3) {
    site_.topics.room.works();
  }
  if (!place) {
    site_.counters.turned_away[place.error()].add();
    if (place.error() == NoPlace::full_for_address) {
      site_.topics.crowds.happened(address.to_string() + " has " +
                                   std::to_string(room_->places_per_address()) +
                                   " connections and wants more");
    }
    return turn_away(std::move(socket), refusal(place.error()), site_);
  }
  socket.set_option(tcp::no_delay(true), failure);
  limit_unacknowledged_time(socket);
  serve({std::move(socket), std::move(*place)}, site_);
}

void Server::stop() {
  thread_.check();
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  retry_.cancel();
}

}  // namespace keisei::http

#include "http/server.h"

#include <boost/asio/socket_base.hpp>
#include <chrono>
#include <utility>

#include "http/port_owner.h"
#include "http/session.h"

namespace keisei::http {

namespace asio = boost::asio;
using asio::ip::tcp;

HttpCounters::HttpCounters(Counters& counters, std::string_view prefix)
    : connections(
          counters.counter(std::string(prefix) + "_connections_total", "Connections accepted.")),
      accept_retries(counters.counter(std::string(prefix) + "_accept_retries_total",
                                      "Times that no connection could be accepted: out of "
                                      "descriptors, most likely.")),
      responses(counters.family<Status>(std::string(prefix) + "_responses_total",
                                        "Requests answered.", "status")),
      dropped(counters.family<Dropped>(std::string(prefix) + "_dropped_total",
                                       "Connections that ended within a request, unanswered.")),
      answers_cut_short(counters.counter(std::string(prefix) + "_answers_cut_short_total",
                                         "Answers that the client did not wait for or took too "
                                         "slowly.")) {}

Server::Server(asio::io_context& context, ListenOptions options, Site site)
    : options_(std::move(options)), site_(std::move(site)), acceptor_(context), retry_(context) {}

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
      site_.counters.accept_retries.add();
      retry_.expires_after(std::chrono::milliseconds(100));
      retry_.async_wait([this](boost::system::error_code stopped) {
        if (!stopped) accept();
      });
      return;
    }
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    site_.counters.connections.add();
    serve(std::move(socket), site_);
    accept();
  });
}

void Server::stop() {
  thread_.check();
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  retry_.cancel();
}

}  // namespace keisei::http

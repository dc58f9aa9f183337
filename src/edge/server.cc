#include "edge/server.h"

#include <boost/asio/post.hpp>
#include <boost/asio/socket_base.hpp>
#include <chrono>
#include <utility>

#include "edge/http_session.h"
#include "edge/identity.h"

namespace keisei::edge {

namespace asio = boost::asio;
using asio::ip::tcp;

Server::Server(asio::io_context& context, ServerOptions options, StaticFiles files,
               broker::EdgeSide& broker, const Clock& clock)
    : options_(std::move(options)),
      files_(std::move(files)),
      acceptor_(context),
      retry_(context),
      stream_switch_(options_.operator_token, broker),
      hub_(context, options_.hub, clock, stream_switch_,
           [&broker, edge = to_hex(random_id())](int viewers) {
             broker.submit(broker::ViewersCounted{edge, viewers}, nullptr);
           }),
      shared_{files_, hub_, broker, options_, stream_switch_, clock, {}, {}, {}} {
  attachment_ =
      broker.attach({[this](const broker::FrameBatch& frames) { hub_.post_frames(frames); },
                     [this, &context](const broker::TrainerWord& word) {
                       asio::post(context, [this, word] {
                         if (!shared_.trainer.expired()) shared_.tell_trainer(word);
                       });
                     }});
}

Result<void> Server::listen() {
  boost::system::error_code failure;
  const auto address = asio::ip::make_address(options_.bind, failure);
  if (failure)
    return fail("--bind " + options_.bind + " is no IP address; try 127.0.0.1 or 0.0.0.0");
  const tcp::endpoint endpoint(address, options_.port);
  acceptor_.open(endpoint.protocol(), failure);
  if (!failure) acceptor_.set_option(asio::socket_base::reuse_address(true), failure);
  if (!failure) acceptor_.bind(endpoint, failure);
  if (!failure) acceptor_.listen(asio::socket_base::max_listen_connections, failure);
  if (failure == asio::error::address_in_use) {
    return fail("port " + std::to_string(options_.port) +
                " is in use: stop the program that has it, or choose another with --port");
  }
  if (failure) {
    return fail("cannot listen on " + options_.bind + ":" + std::to_string(options_.port) + ": " +
                failure.message() + "; choose another --bind or --port");
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
    if (failure == asio::error::operation_aborted || !acceptor_.is_open()) return;
    if (failure) {
      // Out of descriptors, most likely: let some connections end before trying again.
      retry_.expires_after(std::chrono::milliseconds(100));
      retry_.async_wait([this](boost::system::error_code stopped) {
        if (!stopped) accept();
      });
      return;
    }
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    serve_http(std::move(socket), shared_);
    accept();
  });
}

void Server::stop() {
  boost::system::error_code ignored;
  acceptor_.close(ignored);
  retry_.cancel();
  hub_.stop();
  if (!shared_.trainer.expired()) shared_.close_trainer();
}

}  // namespace keisei::edge

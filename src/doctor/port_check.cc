#include "doctor/port_check.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/socket_base.hpp>

#include "doctor/web.h"
#include "http/port_owner.h"
#include "http/reachable.h"

namespace keisei::doctor {

namespace asio = boost::asio;

namespace {

boost::system::error_code error_of_listening(const asio::ip::tcp::endpoint& endpoint) {
  asio::io_context context(1);
  asio::ip::tcp::acceptor acceptor(context);
  boost::system::error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error) acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  return error;
}

// A showcase's public port says that it is well, its operator's port that a token is needed.
bool is_a_showcase(const asio::ip::tcp::endpoint& endpoint, const Clock& clock) {
  const hook::ShowcaseUrl url{.host = http::reachable_host(endpoint.address().to_string()),
                              .port = std::to_string(endpoint.port()),
                              .target = {}};
  const auto answer = ask(url, "/healthz", clock);
  return answer && (answer->body.find(R"("status":"ok")") != std::string::npos ||
                    answer->body.find("operator token") != std::string::npos);
}

}  // namespace

Finding check_port(const std::string& check, const http::ListenOptions& options,
                   const Clock& clock) {
  boost::system::error_code error;
  const auto address = asio::ip::make_address(options.bind, error);
  const std::string place = options.bind + ", port " + std::to_string(options.port);
  if (error) {
    return {check, Verdict::failed, options.bind + " is no IP address",
            "try 127.0.0.1 or 0.0.0.0 for " + options.bind_flag};
  }
  const asio::ip::tcp::endpoint endpoint(address, options.port);
  error = error_of_listening(endpoint);
  if (!error) return {check, Verdict::ok, place + ", is free"};
  if (error == asio::error::address_in_use) {
    if (is_a_showcase(endpoint, clock)) return {check, Verdict::ok, "a showcase is on at " + place};
    const std::string owner = http::port_owner(options.port);
    return {check, Verdict::failed,
            place + ", is taken by " + (owner.empty() ? "another program" : owner),
            "stop it, or choose another with " + options.port_flag};
  }
  return {check, Verdict::failed, place + ": " + error.message(),
          error == asio::error::access_denied
              ? "choose a port from 1024 on with " + options.port_flag +
                    ", or give the program CAP_NET_BIND_SERVICE"
              : "choose an address of this machine with " + options.bind_flag};
}

}  // namespace keisei::doctor

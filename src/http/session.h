#pragma once

#include <boost/asio/ip/tcp.hpp>

namespace keisei::http {

struct Site;

/// Serves one accepted connection until it ends or is upgraded: one request after the other, each
/// within 10 s. `site` outlives it.
void serve(boost::asio::ip::tcp::socket socket, const Site& site);

}  // namespace keisei::http

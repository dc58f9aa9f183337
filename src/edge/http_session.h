#pragma once

#include <boost/asio/ip/tcp.hpp>

namespace keisei::edge {

struct ServerContext;

/// Serves one accepted connection until it ends or is upgraded. `context` outlives it.
void serve_http(boost::asio::ip::tcp::socket socket, ServerContext& context);

}  // namespace keisei::edge

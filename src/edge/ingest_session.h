#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>

namespace keisei::edge {

struct ServerContext;

/// Takes telemetry from a trainer whose token has been checked, and ends the session of the trainer
/// before it: after a crash the old connection may look alive for minutes.
void serve_trainer(boost::asio::ip::tcp::socket socket,
                   boost::beast::http::request<boost::beast::http::empty_body> upgrade,
                   ServerContext& context);

}  // namespace keisei::edge

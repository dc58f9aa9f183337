#pragma once

#include <boost/asio/ip/tcp.hpp>

#include "http/room.h"

namespace keisei::http {

/// A connection, and its place at the port, which is taken until this object is gone.
struct Accepted {
  boost::asio::ip::tcp::socket socket;
  Room::Place place;
};

}  // namespace keisei::http

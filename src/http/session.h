#pragma once

#include "http/accepted.h"
#include "http/message.h"

namespace keisei::http {

struct Site;

/// Serves one accepted connection until it ends or is upgraded: one request after the other, each
/// within 10 s. `site` outlives it.
void serve(Accepted connection, const Site& site);

/// Says why a connection is not served, as far as that can be done at once, and ends it.
void turn_away(boost::asio::ip::tcp::socket socket, const Response& refusal, const Site& site);

}  // namespace keisei::http

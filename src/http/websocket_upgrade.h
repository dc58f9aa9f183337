#pragma once

#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "http/message.h"

namespace keisei::http {

/// The bytes that accept a request to speak WebSocket (RFC 6455 §4.2.2), or why it is none.
/// `extensions`: the value of Sec-WebSocket-Extensions that accepts what the request offers; empty
/// for none.
tl::expected<std::string, Response> accept_upgrade(const Request& request,
                                                   std::string_view extensions = {});

/// The value of Sec-WebSocket-Accept for a Sec-WebSocket-Key.
std::string accept_key(std::string_view key);

}  // namespace keisei::http

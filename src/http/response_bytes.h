#pragma once

#include <string>

#include "base/clock.h"
#include "http/message.h"

namespace keisei::http {

/// The header of an answer as it is sent: with the date, the length, the security headers, and
/// whether the connection stays.
std::string header_bytes(const Response& response, bool stays, WallTime now);

}  // namespace keisei::http

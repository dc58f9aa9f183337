#pragma once

#include <cstdint>
#include <string>

namespace keisei::http {

/// Where a program of this machine reaches a server that listens on `bind`: an address that stands
/// for all is none to connect to.
std::string reachable_host(const std::string& bind);

/// As both stand in a URL: "127.0.0.1:8080", "[::1]:8080".
std::string authority(const std::string& host, std::uint16_t port);

}  // namespace keisei::http

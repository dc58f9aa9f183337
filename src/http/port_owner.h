#pragma once

#include <cstdint>
#include <string>

namespace keisei::http {

/// Who listens on a TCP port of this machine: "keisei-showcase (process 1234)". Empty when nobody
/// does, or when it is a process that this user may not look into. Linux only.
std::string port_owner(std::uint16_t port);

}  // namespace keisei::http

#pragma once

#include <cstddef>
#include <cstdint>

namespace keisei::loadtest {

struct EchoOptions {
  std::uint16_t port = 9001;
  std::size_t most_bytes = 16UL * 1024 * 1024;  // of one message
};

/// A server that says every message back, on the same WebSocket layer as the edge: for suites that
/// try servers, such as Autobahn's. Serves this machine until a signal; returns the exit code.
int serve_echo(const EchoOptions& options);

}  // namespace keisei::loadtest

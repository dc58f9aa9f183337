#pragma once

#include <filesystem>

namespace keisei::loadtest {

struct BroadcastOptions {
  int viewers = 500;
  int repetitions = 3;
  double seconds = 4;  // of each repetition
  int rate = 10;       // frames per second
  bool deflate = false;
  std::filesystem::path showcase;
  std::filesystem::path content;
  bool json = false;
};

/// `edge.broadcast`: what a frame to a viewer costs the edge's thread, beside the bare send() of as
/// many bytes to as many sockets in the same run. Returns the exit code.
int measure_broadcast(const BroadcastOptions& options);

}  // namespace keisei::loadtest

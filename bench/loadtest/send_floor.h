#pragma once

#include <cstddef>
#include <memory>

namespace keisei::loadtest {

/// The least that a fan-out can cost: one thread that calls send() with the same bytes on as many
/// loopback connections, and another that reads them.
class SendFloor {
 public:
  explicit SendFloor(int connections);
  ~SendFloor();
  SendFloor(const SendFloor&) = delete;
  SendFloor& operator=(const SendFloor&) = delete;

  /// Sends `bytes` to each connection `rounds` times, `rate` times a second. Returns the sending
  /// thread's CPU time per send, in microseconds.
  double measure(std::size_t bytes, int rounds, int rate);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace keisei::loadtest

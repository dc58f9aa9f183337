#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace keisei::loadtest {

/// Many viewers on one thread: they say hello, and read everything they are sent.
class ViewerFleet {
 public:
  using Time = std::chrono::steady_clock::time_point;
  /// Which viewer, a text message's payload, and when its last byte was read. Called on the fleet's
  /// thread.
  using OnMessage =
      std::function<void(std::size_t viewer, std::string_view payload, Time received)>;

  /// Connects all of them; throws std::runtime_error when that fails. With `deflate` they offer
  /// permessage-deflate as browsers do, and read compressed messages too.
  ViewerFleet(std::uint16_t port, int viewers, const std::string& hello, OnMessage on_message,
              bool deflate = false);
  ~ViewerFleet();
  ViewerFleet(const ViewerFleet&) = delete;
  ViewerFleet& operator=(const ViewerFleet&) = delete;

  /// How many have been answered with connection_established.
  int welcomed() const { return welcomed_.load(); }
  int disconnected() const { return disconnected_.load(); }
  std::uint64_t bytes() const { return bytes_.load(); }

 private:
  struct Connection {
    int socket = -1;
    bool upgraded = false;
    std::string partial;
  };

  void run();
  void read(Connection& connection);
  std::size_t consume(Connection& connection, std::string_view bytes, Time received);

  std::vector<Connection> connections_;
  OnMessage on_message_;
  int epoll_ = -1;
  std::atomic<bool> stopping_ = false;
  std::atomic<int> welcomed_ = 0;
  std::atomic<int> disconnected_ = 0;
  std::atomic<std::uint64_t> bytes_ = 0;
  std::thread thread_;
};

}  // namespace keisei::loadtest

#pragma once

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <functional>
#include <thread>

#include "rl/ppo/process_group.h"

namespace keisei::rl {

inline int free_port() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address);
  ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(descriptor);
  return ntohs(address.sin_port);
}

/// Two members, as threads: each has its own connections, as a process would.
inline void with_two_processes(const std::function<void(ProcessGroup&)>& work) {
  const int port = free_port();
  const auto member = [&](int rank) {
    ProcessGroup group(
        {.rank = rank, .size = 2, .master_address = "127.0.0.1", .master_port = port},
        std::chrono::seconds(60));
    work(group);
  };
  std::thread other(member, 1);
  member(0);
  other.join();
}

}  // namespace keisei::rl

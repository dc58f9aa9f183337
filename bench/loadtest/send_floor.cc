#include "loadtest/send_floor.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "harness/measure.h"

namespace keisei::loadtest {
struct SendFloor::Impl {
  std::vector<int> senders;
  std::vector<int> readers;
  int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  std::atomic<bool> stopping = false;
  std::thread reader;

  void read_all() {
    std::array<epoll_event, 256> events;
    std::array<char, 65536> buffer;
    while (!stopping) {
      const int count = ::epoll_wait(epoll, events.data(), static_cast<int>(events.size()), 50);
      for (int i = 0; i < count; ++i) {
        const int socket = events[static_cast<std::size_t>(i)].data.fd;
        if (::recv(socket, buffer.data(), buffer.size(), MSG_DONTWAIT) < 0) continue;
      }
    }
  }
};

SendFloor::SendFloor(int connections) : impl_(std::make_unique<Impl>()) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener, SOMAXCONN) != 0) {
    throw std::runtime_error("cannot listen for the floor");
  }
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  for (int i = 0; i < connections; ++i) {
    const int reader = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(reader, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("cannot connect for the floor");
    }
    const int sender = ::accept4(listener, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    const int yes = 1;
    ::setsockopt(sender, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    impl_->readers.push_back(reader);
    impl_->senders.push_back(sender);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = reader;
    ::epoll_ctl(impl_->epoll, EPOLL_CTL_ADD, reader, &event);
  }
  ::close(listener);
  impl_->reader = std::thread([impl = impl_.get()] { impl->read_all(); });
}

SendFloor::~SendFloor() {
  impl_->stopping = true;
  impl_->reader.join();
  for (const int socket : impl_->senders) ::close(socket);
  for (const int socket : impl_->readers) ::close(socket);
  ::close(impl_->epoll);
}

double SendFloor::measure(std::size_t bytes, int rounds, int rate) {
  const std::string message(bytes, 'x');
  double used = 0;
  auto next = std::chrono::steady_clock::now();
  for (int round = 0; round < rounds; ++round) {
    const double before = harness::thread_seconds();
    for (const int socket : impl_->senders) {
      if (::send(socket, message.data(), message.size(), MSG_NOSIGNAL) < 0) continue;
    }
    used += harness::thread_seconds() - before;
    next += std::chrono::microseconds(1'000'000 / rate);
    std::this_thread::sleep_until(next);
  }
  return 1e6 * used / rounds / static_cast<double>(impl_->senders.size());
}

}  // namespace keisei::loadtest

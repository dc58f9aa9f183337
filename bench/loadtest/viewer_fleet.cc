#include "loadtest/viewer_fleet.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

#include "edge/permessage_deflate.h"

namespace keisei::loadtest {
namespace {

constexpr int kPollMs = 50;
constexpr std::size_t kMostInflated = 1 << 20;

int connect_to(std::uint16_t port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (socket < 0 ||
      ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error(std::string("a viewer cannot connect: ") + std::strerror(errno));
  }
  const int yes = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  return socket;
}

// A client's frames are masked; a mask of zeros leaves the text as it is.
std::string upgrade_and_hello(const std::string& hello, bool deflate) {
  std::string bytes =
      "GET /ws HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n";
  if (deflate) {
    bytes += "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";
  }
  bytes += "\r\n";
  bytes += '\x81';
  bytes += static_cast<char>(0x80U | hello.size());
  bytes.append(4, '\0');
  return bytes + hello;
}

}  // namespace

ViewerFleet::ViewerFleet(std::uint16_t port, int viewers, const std::string& hello,
                         OnMessage on_message, bool deflate)
    : connections_(static_cast<std::size_t>(viewers)),
      on_message_(std::move(on_message)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      thread_([this] { run(); }) {
  const std::string opening = upgrade_and_hello(hello, deflate);
  for (Connection& connection : connections_) {
    connection.socket = connect_to(port);
    if (::send(connection.socket, opening.data(), opening.size(), MSG_NOSIGNAL) < 0) {
      throw std::runtime_error("a viewer cannot say hello");
    }
    ::fcntl(connection.socket, F_SETFL, O_NONBLOCK);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.ptr = &connection;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, connection.socket, &event);
  }
}

ViewerFleet::~ViewerFleet() {
  stopping_ = true;
  thread_.join();
  for (const Connection& connection : connections_) {
    if (connection.socket >= 0) ::close(connection.socket);
  }
  ::close(epoll_);
}

void ViewerFleet::run() {
  std::array<epoll_event, 256> events;
  while (!stopping_) {
    const int count = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), kPollMs);
    for (int i = 0; i < count; ++i) {
      read(*static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr));
    }
  }
}

void ViewerFleet::read(Connection& connection) {
  static thread_local std::array<char, 262144> buffer;
  const auto size = ::recv(connection.socket, buffer.data(), buffer.size(), 0);
  if (size < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (size <= 0) {
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, connection.socket, nullptr);
    ++disconnected_;
    return;
  }
  bytes_.fetch_add(static_cast<std::uint64_t>(size), std::memory_order_relaxed);
  const Time received = std::chrono::steady_clock::now();
  std::string_view bytes(buffer.data(), static_cast<std::size_t>(size));
  if (!connection.partial.empty()) {
    connection.partial.append(bytes);
    bytes = connection.partial;
  }
  const std::size_t used = consume(connection, bytes, received);
  connection.partial = std::string(bytes.substr(used));
}

// Returns how many bytes were whole messages.
std::size_t ViewerFleet::consume(Connection& connection, std::string_view bytes, Time received) {
  std::size_t used = 0;
  if (!connection.upgraded) {
    const auto end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) return 0;
    connection.upgraded = true;
    used = end + 4;
  }
  while (bytes.size() - used >= 2) {
    const std::string_view left = bytes.substr(used);
    std::size_t header = 2;
    std::uint64_t size = static_cast<unsigned char>(left[1]);
    if (size >= 126) {
      const std::size_t width = size == 126 ? 2 : 8;
      if (left.size() < header + width) break;
      size = 0;
      for (std::size_t i = 0; i < width; ++i) {
        size = (size << 8) | static_cast<unsigned char>(left[header + i]);
      }
      header += width;
    }
    if (left.size() < header + size) break;
    std::string_view payload = left.substr(header, static_cast<std::size_t>(size));
    std::string inflated;
    if ((left[0] & 0x40) != 0) {
      inflated = edge::inflate_message(payload, kMostInflated).value();
      payload = inflated;
    }
    if (payload.starts_with(R"({"type":"connection_established")")) ++welcomed_;
    if ((left[0] & 0x0F) == 1)
      on_message_(static_cast<std::size_t>(&connection - connections_.data()), payload, received);
    used += header + static_cast<std::size_t>(size);
  }
  return used;
}

}  // namespace keisei::loadtest

#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>
#include <string>
#include <vector>

#include "base/testing/comes_true.h"
#include "base/testing/temporary_folder.h"
#include "redis/address.h"
#include "redis/reply.h"

namespace keisei::redis::testing {

/// A real server in a folder of its own, on a port of its own, for tests.
class RedisServer {
 public:
  enum class Keeps { nothing, all };

  explicit RedisServer(Keeps keeps = Keeps::nothing) : keeps_(keeps) {
    address_.port = free_port();
    start();
  }
  ~RedisServer() { kill(); }
  RedisServer(const RedisServer&) = delete;

  const Address& address() const { return address_; }

  /// Precondition: it is dead.
  void start() {
    process_ = ::fork();
    if (process_ == 0) run();
    if (!comes_true([this] { return ask({"PING"}).text == "PONG"; })) {
      throw std::runtime_error("redis-server does not start");
    }
  }
  void kill() {
    if (process_ == 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
    process_ = 0;
  }
  void pause() { ::kill(process_, SIGSTOP); }
  void go_on() { ::kill(process_, SIGCONT); }

  /// An error if it cannot be reached.
  Reply ask(const std::vector<std::string_view>& words) const {
    using boost::asio::ip::tcp;
    boost::asio::io_context context;
    tcp::socket socket(context);
    boost::system::error_code failure;
    socket.connect({boost::asio::ip::address_v4::loopback(), address_.port}, failure);
    if (!failure) {
      boost::asio::write(socket, boost::asio::buffer(encode_command(words)), failure);
    }
    ReplyReader reader;
    std::vector<char> bytes(4096);
    while (!failure) {
      const std::size_t size = socket.read_some(boost::asio::buffer(bytes), failure);
      reader.feed({bytes.data(), size});
      if (auto reply = reader.next(); reply && *reply) return std::move(**reply);
    }
    return {.kind = Reply::Kind::error, .text = failure.message()};
  }

 private:
  static std::uint16_t free_port() {
    boost::asio::io_context context;
    using boost::asio::ip::tcp;
    tcp::acceptor any(context, {boost::asio::ip::address_v4::loopback(), 0});
    return any.local_endpoint().port();
  }
  [[noreturn]] void run() const {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    const std::string log = folder_ / "log";
    const int file = ::open(log.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0600);
    ::dup2(file, STDOUT_FILENO);
    ::dup2(file, STDERR_FILENO);
    const std::string port = std::to_string(address_.port);
    const char* keeps = keeps_ == Keeps::all ? "yes" : "no";
    ::execlp("redis-server", "redis-server", "--port", port.c_str(), "--bind", "127.0.0.1", "--dir",
             folder_.path().c_str(), "--save", "", "--appendonly", keeps, "--appendfsync", "always",
             static_cast<char*>(nullptr));
    ::_exit(127);
  }

  const Keeps keeps_;
  TemporaryFolder folder_;
  Address address_;
  pid_t process_ = 0;
};

}  // namespace keisei::redis::testing

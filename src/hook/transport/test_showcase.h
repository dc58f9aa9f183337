#pragma once

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "hook/transport/byte_stream.h"
#include "protocol/codec.h"

namespace keisei::hook {

/// A real WebSocket server on 127.0.0.1 for the hook's tests. What it hears is held against the
/// published schema.
class TestShowcase {
 public:
  enum class Manner {
    friendly,   // reads and confirms everything
    forgetful,  // reads everything and confirms nothing
    refusing,   // answers the handshake with 401
    occupied,   // answers it with 409
    stalling,   // shakes hands and never reads
    silent,     // accepts TCP and says nothing
  };

  /// `port` 0: any free one. With `tls` it speaks wss://; that outlives the showcase.
  explicit TestShowcase(Manner manner = Manner::friendly, std::uint16_t port = 0,
                        boost::asio::ssl::context* tls = nullptr);
  ~TestShowcase();
  TestShowcase(const TestShowcase&) = delete;
  TestShowcase& operator=(const TestShowcase&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url() const {
    return (tls_ ? "wss://localhost:" : "ws://127.0.0.1:") + std::to_string(port_) + "/ingest";
  }

  std::vector<std::string> texts() const;
  /// All telemetry so far; a test failure for texts that do not decode.
  std::vector<protocol::Telemetry> messages() const;
  /// The messages of one type.
  template <class T>
  std::vector<T> all() const {
    std::vector<T> result;
    for (const protocol::Telemetry& message : messages()) {
      if (const T* wanted = std::get_if<T>(&message)) result.push_back(*wanted);
    }
    return result;
  }
  /// The Authorization header of the latest handshake.
  std::string authorization() const;
  /// Whether the latest handshake was that of a trainer that gives way.
  bool heard_of_yielding() const;
  /// Ends without a goodbye; what it has read can still be asked for.
  void stop();
  /// To the trainers that are connected now.
  void say(const std::string& text);
  /// Ends their connections with a goodbye.
  void dismiss(std::uint16_t code, std::string_view reason);

 private:
  class Session;
  void accept();

  Manner manner_;
  boost::asio::io_context io_{1};
  boost::asio::basic_socket_acceptor<boost::asio::ip::tcp, ByteStream::Executor> acceptor_;
  std::uint16_t port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> texts_;
  std::string authorization_;
  bool yielding_ = false;
  boost::asio::ssl::context* tls_;
  std::vector<std::shared_ptr<Session>> kept_;
  std::thread thread_;
};

}  // namespace keisei::hook

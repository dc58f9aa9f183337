#pragma once

#include <array>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/system/error_code.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace boost::asio::ssl {
class context;
}

namespace keisei::hook {

/// Whoever waits for an operation, whatever its type; movable only, as Beast's own are. To be
/// called once.
class Completion {
 public:
  template <class Handler>
  explicit Completion(Handler handler)
      : waiting_(std::make_unique<Waiting<Handler>>(std::move(handler))) {}

  void operator()(boost::system::error_code error, std::size_t bytes = 0) {
    const auto waiting = std::move(waiting_);
    waiting->call(error, bytes);
  }

 private:
  struct Anyone {
    virtual ~Anyone() = default;
    virtual void call(boost::system::error_code error, std::size_t bytes) = 0;
  };
  template <class Handler>
  struct Waiting final : Anyone {
    explicit Waiting(Handler from) : handler(std::move(from)) {}
    void call(boost::system::error_code error, std::size_t bytes) override {
      handler(error, bytes);
    }
    Handler handler;
  };
  std::unique_ptr<Anyone> waiting_;
};

/// A TCP connection, encrypted or not: all that a WebSocket wants of it. Beast's templates take a
/// compiler most of a minute for each type of stream; behind this there is one.
///
/// For one io_context thread. One read and one write at a time; completions come from the
/// io_context, never from inside a call, and with an error once the socket is closed.
class ByteStream {
 public:
  using Executor = boost::asio::io_context::executor_type;
  using Socket = boost::asio::basic_stream_socket<boost::asio::ip::tcp, Executor>;
  using Gathered = std::array<boost::asio::const_buffer, 4>;  // those that are not needed are empty

  virtual ~ByteStream() = default;

  virtual Socket& socket() = 0;
  /// Shakes hands; done at once for a stream that is not encrypted. `host`: who must answer; empty:
  /// we are the one who answers.
  virtual void encrypt(const std::string& host, Completion done) = 0;
  virtual void read_some(boost::asio::mutable_buffer into, Completion done) = 0;
  virtual void write_some(const Gathered& bytes, Completion done) = 0;
  /// Says that nothing more comes.
  virtual void shut_down(Completion done) = 0;
  /// No word to anyone.
  void close();
};

/// Encrypted if there is a `tls`, which then outlives the stream.
std::unique_ptr<ByteStream> make_byte_stream(ByteStream::Socket socket,
                                             boost::asio::ssl::context* tls);

}  // namespace keisei::hook

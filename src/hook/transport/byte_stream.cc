#include "hook/transport/byte_stream.h"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>

namespace keisei::hook {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

class PlainStream final : public ByteStream {
 public:
  explicit PlainStream(Socket socket) : socket_(std::move(socket)) {}

  Socket& socket() override { return socket_; }
  void encrypt(const std::string&, Completion done) override { succeed(std::move(done)); }
  void read_some(asio::mutable_buffer into, Completion done) override {
    socket_.async_read_some(into, std::move(done));
  }
  void write_some(const Gathered& bytes, Completion done) override {
    socket_.async_write_some(bytes, std::move(done));
  }
  void shut_down(Completion done) override {
    error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    succeed(std::move(done));
  }

 private:
  void succeed(Completion done) {
    asio::post(socket_.get_executor(), [done = std::move(done)]() mutable { done({}); });
  }

  Socket socket_;
};

class EncryptedStream final : public ByteStream {
 public:
  EncryptedStream(Socket socket, asio::ssl::context& tls) : stream_(std::move(socket), tls) {}

  Socket& socket() override { return stream_.next_layer(); }

  void encrypt(const std::string& host, Completion done) override {
    if (host.empty()) {
      stream_.async_handshake(asio::ssl::stream_base::server, std::move(done));
      return;
    }
    stream_.set_verify_mode(asio::ssl::verify_peer);
    stream_.set_verify_callback(asio::ssl::host_name_verification(host));
    error_code is_name;
    (void)asio::ip::make_address(host, is_name);
    // A server that has several names needs to know which is meant; addresses are not allowed.
    if (is_name) (void)SSL_set_tlsext_host_name(stream_.native_handle(), host.c_str());
    stream_.async_handshake(asio::ssl::stream_base::client, std::move(done));
  }

  void read_some(asio::mutable_buffer into, Completion done) override {
    stream_.async_read_some(into, std::move(done));
  }
  void write_some(const Gathered& bytes, Completion done) override {
    stream_.async_write_some(bytes, std::move(done));
  }
  void shut_down(Completion done) override { stream_.async_shutdown(std::move(done)); }

 private:
  asio::ssl::stream<Socket> stream_;
};

}  // namespace

void ByteStream::close() {
  error_code ignored;
  socket().close(ignored);
}

std::unique_ptr<ByteStream> make_byte_stream(ByteStream::Socket socket, asio::ssl::context* tls) {
  if (tls == nullptr) return std::make_unique<PlainStream>(std::move(socket));
  return std::make_unique<EncryptedStream>(std::move(socket), *tls);
}

}  // namespace keisei::hook

#include "hook/transport/test_showcase.h"

#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <deque>

#include "hook/transport/beast_stream.h"
#include "protocol/close_reason.h"
#include "protocol/testing/published_schema.h"

namespace keisei::hook {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::asio::ip::tcp;

class TestShowcase::Session final : public std::enable_shared_from_this<Session> {
 public:
  Session(TestShowcase& showcase, std::unique_ptr<ByteStream> bytes)
      : showcase_(showcase), stream_(std::move(bytes)) {}

  void start() {
    bytes().encrypt({},
                    Completion([self = shared_from_this()](beast::error_code error, std::size_t) {
                      if (!error) self->read_request();
                    }));
  }

  void hang_up() { bytes().close(); }

  void dismiss(const beast::websocket::close_reason& reason) {
    if (!open_) return;
    stream_.async_close(reason, [self = shared_from_this()](beast::error_code) {});
  }

  /// To whom is not there yet, as soon as it is: a hook is connected a little before its showcase
  /// knows.
  void say(std::string text) {
    outgoing_.push_back(std::move(text));
    if (open_ && outgoing_.size() == 1) write();
  }

 private:
  ByteStream& bytes() { return stream_.next_layer().bytes(); }

  void read_request() {
    http::async_read(stream_.next_layer(), buffer_, request_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                       if (error) return self->hang_up();
                       self->answer();
                     });
  }

  void answer() {
    {
      const std::lock_guard lock(showcase_.mutex_);
      showcase_.authorization_ = std::string(request_[http::field::authorization]);
      showcase_.yielding_ = request_.count(std::string(protocol::kYieldHeader)) > 0;
    }
    if (showcase_.manner_ == Manner::refusing || showcase_.manner_ == Manner::occupied) {
      refusal_.result(showcase_.manner_ == Manner::refusing ? http::status::unauthorized
                                                            : http::status::conflict);
      refusal_.prepare_payload();
      http::async_write(stream_.next_layer(), refusal_,
                        [self = shared_from_this()](beast::error_code, std::size_t) {});
      return;
    }
    stream_.async_accept(request_, [self = shared_from_this()](beast::error_code error) {
      if (error) return;
      self->open_ = true;
      if (!self->outgoing_.empty()) self->write();
      if (self->showcase_.manner_ != Manner::stalling) self->read();
    });
  }

  void read() {
    stream_.async_read(message_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) {
        self->open_ = false;
        return;
      }
      std::string text = beast::buffers_to_string(self->message_.data());
      EXPECT_TRUE(protocol::testing::follows_schema(text));
      {
        const std::lock_guard lock(self->showcase_.mutex_);
        self->showcase_.texts_.push_back(std::move(text));
      }
      self->message_.clear();
      ++self->received_;
      if (self->showcase_.manner_ == Manner::friendly) {
        self->say(protocol::encode(protocol::TelemetryAcknowledged{self->received_}, 0, 0));
      }
      self->read();
    });
  }

  void write() {
    stream_.async_write(boost::asio::buffer(outgoing_.front()),
                        [self = shared_from_this()](beast::error_code error, std::size_t) {
                          if (error) return;
                          self->outgoing_.pop_front();
                          if (!self->outgoing_.empty()) self->write();
                        });
  }

  TestShowcase& showcase_;
  WebSocketStream stream_;
  beast::flat_buffer buffer_;
  beast::flat_buffer message_;
  http::request<http::empty_body> request_;
  http::response<http::empty_body> refusal_;
  std::deque<std::string> outgoing_;
  std::int64_t received_ = 0;
  bool open_ = false;
};

TestShowcase::TestShowcase(Manner manner, std::uint16_t port, boost::asio::ssl::context* tls)
    : manner_(manner),
      acceptor_(io_, tcp::endpoint(boost::asio::ip::make_address("127.0.0.1"), port)),
      port_(acceptor_.local_endpoint().port()),
      tls_(tls) {
  accept();
  thread_ = std::thread([this] { io_.run(); });
}

TestShowcase::~TestShowcase() { stop(); }

void TestShowcase::stop() {
  if (!thread_.joinable()) return;
  io_.stop();
  thread_.join();
  for (const auto& session : kept_) session->hang_up();
  kept_.clear();
  acceptor_.close();
}

void TestShowcase::accept() {
  acceptor_.async_accept([this](beast::error_code error, ByteStream::Socket socket) {
    if (error) return;
    kept_.push_back(std::make_shared<Session>(*this, make_byte_stream(std::move(socket), tls_)));
    if (manner_ != Manner::silent) kept_.back()->start();
    accept();
  });
}

void TestShowcase::say(const std::string& text) {
  boost::asio::post(io_, [this, text] {
    for (const auto& session : kept_) session->say(text);
  });
}

void TestShowcase::dismiss(std::uint16_t code, std::string_view reason) {
  const beast::websocket::close_reason goodbye(static_cast<beast::websocket::close_code>(code),
                                               {reason.data(), reason.size()});
  boost::asio::post(io_, [this, goodbye] {
    for (const auto& session : kept_) session->dismiss(goodbye);
  });
}

std::vector<std::string> TestShowcase::texts() const {
  const std::lock_guard lock(mutex_);
  return texts_;
}

std::vector<protocol::Telemetry> TestShowcase::messages() const {
  std::vector<protocol::Telemetry> result;
  for (const std::string& text : texts()) {
    Result<protocol::Telemetry> message = protocol::decode_telemetry(text);
    EXPECT_TRUE(message) << message.error().message << " in " << text;
    if (message) result.push_back(std::move(*message));
  }
  return result;
}

std::string TestShowcase::authorization() const {
  const std::lock_guard lock(mutex_);
  return authorization_;
}

bool TestShowcase::heard_of_yielding() const {
  const std::lock_guard lock(mutex_);
  return yielding_;
}

}  // namespace keisei::hook

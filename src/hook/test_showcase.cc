#include "hook/test_showcase.h"

#include <gtest/gtest.h>

#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/stream.hpp>

namespace keisei::hook {

namespace beast = boost::beast;
namespace http = boost::beast::http;
using boost::asio::ip::tcp;

class TestShowcase::Session : public std::enable_shared_from_this<Session> {
 public:
  Session(TestShowcase& showcase, tcp::socket socket)
      : showcase_(showcase), stream_(std::move(socket)) {}

  void start() {
    http::async_read(stream_.next_layer(), buffer_, request_,
                     [self = shared_from_this()](beast::error_code error, std::size_t) {
                       if (!error) self->answer();
                     });
  }

 private:
  void answer() {
    {
      const std::lock_guard lock(showcase_.mutex_);
      showcase_.authorization_ = std::string(request_[http::field::authorization]);
    }
    if (showcase_.manner_ == Manner::refusing) {
      refusal_.result(http::status::unauthorized);
      refusal_.prepare_payload();
      http::async_write(stream_.next_layer(), refusal_,
                        [self = shared_from_this()](beast::error_code, std::size_t) {});
      return;
    }
    stream_.async_accept(request_, [self = shared_from_this()](beast::error_code error) {
      if (error) return;
      if (self->showcase_.manner_ == Manner::stalling) {
        self->showcase_.kept_.push_back(self);
        return;
      }
      self->read();
    });
  }

  void read() {
    stream_.async_read(message_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return;
      {
        const std::lock_guard lock(self->showcase_.mutex_);
        self->showcase_.texts_.push_back(beast::buffers_to_string(self->message_.data()));
      }
      self->message_.clear();
      self->read();
    });
  }

  TestShowcase& showcase_;
  beast::websocket::stream<beast::tcp_stream> stream_;
  beast::flat_buffer buffer_;
  beast::flat_buffer message_;
  http::request<http::empty_body> request_;
  http::response<http::empty_body> refusal_;
};

TestShowcase::TestShowcase(Manner manner, std::uint16_t port)
    : manner_(manner),
      acceptor_(io_, tcp::endpoint(boost::asio::ip::make_address("127.0.0.1"), port)),
      port_(acceptor_.local_endpoint().port()) {
  accept();
  thread_ = std::thread([this] { io_.run(); });
}

TestShowcase::~TestShowcase() {
  io_.stop();
  thread_.join();
  kept_.clear();
}

void TestShowcase::accept() {
  acceptor_.async_accept([this](beast::error_code error, tcp::socket socket) {
    if (error) return;
    auto session = std::make_shared<Session>(*this, std::move(socket));
    if (manner_ == Manner::silent) {
      kept_.push_back(std::move(session));
    } else {
      session->start();
    }
    accept();
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

}  // namespace keisei::hook

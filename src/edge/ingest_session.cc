#include "edge/ingest_session.h"

#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <memory>
#include <random>

#include "edge/server.h"

namespace keisei::edge {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;

// The longest telemetry message is a finished game of a thousand moves: well under this.
constexpr std::size_t kMaxTelemetry = 64UL * 1024;

std::uint64_t new_session() {
  static std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32) | device();
}

class IngestSession : public std::enable_shared_from_this<IngestSession> {
 public:
  IngestSession(asio::ip::tcp::socket socket, broker::Broker& broker)
      : stream_(std::move(socket)), broker_(broker), session_(new_session()) {}

  ~IngestSession() {
    if (opened_) broker_.submit(broker::TrainerClosed{session_});
  }

  void start(const beast::http::request<beast::http::empty_body>& upgrade) {
    auto timeouts = websocket::stream_base::timeout::suggested(beast::role_type::server);
    timeouts.idle_timeout = std::chrono::seconds(20);
    timeouts.keep_alive_pings = true;
    stream_.set_option(timeouts);
    stream_.read_message_max(kMaxTelemetry);
    stream_.async_accept(upgrade, [self = shared_from_this()](beast::error_code failure) {
      if (failure) return;
      self->opened_ = true;
      self->broker_.submit(broker::TrainerOpened{self->session_});
      self->read();
    });
  }

  void close() {
    stream_.async_close(websocket::close_code::going_away,
                        [self = shared_from_this()](beast::error_code) {});
  }

 private:
  void read() {
    stream_.async_read(
        buffer_, [self = shared_from_this()](beast::error_code failure, std::size_t) {
          if (failure) return;
          self->broker_.submit(
              broker::Telemetry{self->session_, beast::buffers_to_string(self->buffer_.data())});
          self->buffer_.consume(self->buffer_.size());
          self->read();
        });
  }

  websocket::stream<beast::tcp_stream> stream_;
  broker::Broker& broker_;
  std::uint64_t session_;
  beast::flat_buffer buffer_;
  bool opened_ = false;
};

}  // namespace

void serve_trainer(asio::ip::tcp::socket socket,
                   beast::http::request<beast::http::empty_body> upgrade, ServerContext& context) {
  if (!context.trainer.expired()) context.close_trainer();
  auto session = std::make_shared<IngestSession>(std::move(socket), context.broker);
  context.trainer = session;
  context.close_trainer = [weak = std::weak_ptr<IngestSession>(session)] {
    if (const auto alive = weak.lock()) alive->close();
  };
  session->start(upgrade);
}

}  // namespace keisei::edge

#include "edge/ingest_session.h"

#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <random>

#include "edge/server.h"
#include "protocol/codec.h"

namespace keisei::edge {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;

// The longest telemetry message is a finished game of a thousand moves: well under this.
constexpr std::size_t kMaxTelemetry = 64UL * 1024;
constexpr auto kAcknowledgeInterval = std::chrono::milliseconds(100);

std::uint64_t new_session() {
  static std::random_device device;
  return (static_cast<std::uint64_t>(device()) << 32) | device();
}

class IngestSession : public std::enable_shared_from_this<IngestSession> {
 public:
  IngestSession(asio::ip::tcp::socket socket, ServerContext& context)
      : stream_(std::move(socket)),
        broker_(context.broker),
        stream_switch_(context.stream_switch),
        clock_(context.clock),
        session_(new_session()) {}

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
      self->stream_switch_.set_trainer([weak = self->weak_from_this()](bool streaming) {
        if (const auto alive = weak.lock()) alive->say(protocol::StreamControl{streaming});
      });
      self->read();
    });
  }

  void close() {
    closing_ = true;
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
          ++self->received_;
          self->acknowledge();
          self->read();
        });
  }

  // What has been handed over counts as received: from here to the studio it stays in the process.
  // No timer: a trainer says something every second.
  void acknowledge() {
    const SteadyTime now = clock_.steady();
    if (!outgoing_.empty() || now < next_acknowledgement_) return;
    next_acknowledgement_ = now + kAcknowledgeInterval;
    say(protocol::TelemetryAcknowledged{received_});
  }

  template <class Message>
  void say(const Message& message) {
    if (closing_) return;
    outgoing_.push_back(protocol::encode(message, unix_seconds(clock_.wall()), ++said_));
    if (outgoing_.size() == 1) write();
  }

  void write() {
    stream_.text(true);
    stream_.async_write(asio::buffer(outgoing_.front()),
                        [self = shared_from_this()](beast::error_code failure, std::size_t) {
                          if (failure) return;  // the read that is under way ends the session
                          self->outgoing_.pop_front();
                          if (!self->outgoing_.empty()) self->write();
                        });
  }

  websocket::stream<beast::tcp_stream> stream_;
  broker::Broker& broker_;
  StreamSwitch& stream_switch_;
  const Clock& clock_;
  std::uint64_t session_;
  beast::flat_buffer buffer_;
  std::deque<std::string> outgoing_;  // the first is being written
  std::int64_t received_ = 0;
  std::uint64_t said_ = 0;
  SteadyTime next_acknowledgement_{};
  bool opened_ = false;
  bool closing_ = false;
};

}  // namespace

void serve_trainer(asio::ip::tcp::socket socket,
                   beast::http::request<beast::http::empty_body> upgrade, ServerContext& context) {
  if (!context.trainer.expired()) context.close_trainer();
  auto session = std::make_shared<IngestSession>(std::move(socket), context);
  context.trainer = session;
  context.close_trainer = [weak = std::weak_ptr<IngestSession>(session)] {
    if (const auto alive = weak.lock()) alive->close();
  };
  session->start(upgrade);
}

}  // namespace keisei::edge

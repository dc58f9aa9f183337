#include "edge/ingest_session.h"

#include <boost/asio/post.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <random>
#include <utility>

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

// A trainer that says more than the studio has answered for has to wait.
constexpr std::size_t kMostUnanswered = 1024UL * 1024;

broker::Session new_session() {
  static std::random_device device;
  const std::uint64_t bits = (static_cast<std::uint64_t>(device()) << 32) | device();
  return static_cast<broker::Session>(bits) & broker::kMaxSession;
}

class IngestSession : public std::enable_shared_from_this<IngestSession> {
 public:
  IngestSession(asio::ip::tcp::socket socket, ServerContext& context)
      : stream_(std::move(socket)),
        broker_(context.broker),
        clock_(context.clock),
        session_(new_session()) {}

  ~IngestSession() {
    if (opened_) broker_.submit(broker::TrainerClosed{session_}, nullptr);
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
      self->broker_.submit(broker::TrainerOpened{self->session_}, nullptr);
      self->read();
    });
  }

  void close() {
    if (std::exchange(closing_, true)) return;
    stream_.async_close(websocket::close_code::going_away,
                        [self = shared_from_this()](beast::error_code) {});
  }

  void tell(const broker::TrainerWord& word) {
    if (word.session == session_) say(word.word);
  }

 private:
  void read() {
    stream_.async_read(buffer_,
                       [self = shared_from_this()](beast::error_code failure, std::size_t size) {
                         if (failure) return;
                         self->hand_over(beast::buffers_to_string(self->buffer_.data()), size);
                         self->buffer_.consume(self->buffer_.size());
                         self->reading_ = self->unanswered_ <= kMostUnanswered;
                         if (self->reading_) self->read();
                       });
  }

  void hand_over(std::string json, std::size_t size) {
    unanswered_ += size;
    broker_.submit(broker::Telemetry{session_, std::move(json)},
                   [weak = weak_from_this(), size](const broker::Answer& answer) {
                     const auto alive = weak.lock();
                     if (!alive) return;
                     const auto executor = alive->stream_.get_executor();
                     asio::post(executor, [self = std::move(alive), size, answer] {
                       self->on_answer(size, answer);
                     });
                   });
  }

  // What was refused is the trainer's again: it repeats all that was not acknowledged over its next
  // connection.
  void on_answer(std::size_t size, const broker::Answer& answer) {
    unanswered_ -= size;
    if (!answer) return close();
    ++taken_;
    acknowledge();
    if (!reading_ && unanswered_ <= kMostUnanswered) {
      reading_ = true;
      read();
    }
  }

  // No timer: a trainer says something every second.
  void acknowledge() {
    const SteadyTime now = clock_.steady();
    if (!outgoing_.empty() || now < next_acknowledgement_) return;
    next_acknowledgement_ = now + kAcknowledgeInterval;
    say(protocol::TelemetryAcknowledged{taken_});
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
  broker::EdgeSide& broker_;
  const Clock& clock_;
  broker::Session session_;
  beast::flat_buffer buffer_;
  std::deque<std::string> outgoing_;  // the first is being written
  std::int64_t taken_ = 0;            // the first messages of this connection
  std::size_t unanswered_ = 0;        // bytes
  bool reading_ = true;
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
  context.tell_trainer = [weak = std::weak_ptr<IngestSession>(session)](const auto& word) {
    if (const auto alive = weak.lock()) alive->tell(word);
  };
  session->start(upgrade);
}

}  // namespace keisei::edge

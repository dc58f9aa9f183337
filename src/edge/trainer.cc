#include "edge/trainer.h"

#include <boost/asio/post.hpp>
#include <chrono>
#include <cstring>
#include <utility>

#include "http/random_id.h"
#include "protocol/close_reason.h"
#include "protocol/codec.h"

namespace keisei::edge {
namespace {

using namespace std::chrono_literals;

constexpr auto kAcknowledgeInterval = 100ms;
// A trainer says something every second. It owes no hello: it has shown the token.
constexpr KeepaliveOptions kKeepalive{.ping_interval = 10s, .pong_limit = 20s};

broker::Session new_session() {
  const http::RandomId id = http::random_id();
  broker::Session session = 0;
  std::memcpy(&session, id.data(), sizeof session);
  return session & broker::kMaxSession;
}

}  // namespace

Trainer::Trainer(http::Accepted connection, broker::EdgeSide& broker, const Clock& clock,
                 EpochGate& gate, const EdgeCounters& counters)
    : Connection(std::move(connection), clock, MessageRules{protocol::kMaxMessageBytes},
                 kKeepalive),
      broker_(broker),
      gate_(gate),
      counters_(counters),
      session_(new_session()),
      acknowledgement_timer_(executor()) {
  keepalive().greeted();
}

void Trainer::start(std::string_view handshake, std::string_view early) {
  counters_.trainers.add(1);
  submit(broker::TrainerOpened{session_}, [this](broker::Epoch epoch) { opened_under_ = epoch; });
  Connection::start(handshake, early);
}

void Trainer::on_gone(Leaving why) {
  acknowledgement_timer_.cancel();
  counters_.trainers.add(-1);
  counters_.trainers_left[why].add();
  broker_.submit(broker::TrainerClosed{session_}, nullptr);
}

// One that has said goodbye yields anyway, when it has been told what of its words arrived.
void Trainer::give_way() {
  if (is_parting()) return;
  close(protocol::kReplacedCode, Leaving::replaced, protocol::kReplacedReason);
}

void Trainer::tell(const broker::Word& word) {
  std::visit([this](const auto& message) { say(message); }, word);
  flush();
}

void Trainer::heard_of(broker::Epoch epoch) {
  if (opened_under_ && *opened_under_ < epoch) {
    close(close_code::kGoingAway, Leaving::going_away);
  }
}

void Trainer::on_text(std::string text) {
  keepalive().heard_pong(clock().steady());
  const auto ticket = acknowledgements_.expect(text.size());
  if (!paused_ && acknowledgements_.unanswered_bytes() > kMostUnanswered) {
    paused_ = true;
    counters_.trainer_pauses.add();
    pause_reading();
  }
  submit(broker::Telemetry{session_, std::move(text)}, [this, ticket](broker::Epoch epoch) {
    // A studio that does not know the connection takes what it says, and makes nothing of it.
    if (opened_under_ != epoch) return close(close_code::kGoingAway, Leaving::going_away);
    counters_.telemetry_taken.add();
    acknowledgements_.taken(ticket);
    if (is_parting() && !owes()) return part();
    acknowledge_soon();
    if (paused_ && acknowledgements_.unanswered_bytes() <= kMostUnanswered) {
      paused_ = false;
      resume_reading();
    }
  });
}

// `taken` is called on the edge's thread while this lives.
void Trainer::submit(broker::Input input, std::function<void(broker::Epoch)> taken) {
  const std::weak_ptr<Trainer> weak = std::static_pointer_cast<Trainer>(shared_from_this());
  broker_.submit(std::move(input), [weak, taken = std::move(taken)](broker::Answer answer) {
    auto alive = weak.lock();
    if (!alive) return;
    const auto executor = alive->executor();
    boost::asio::post(executor, [self = std::move(alive), taken, answer]() mutable {
      if (answer && !self->gate_.admits(answer->epoch, OldStudio::answers)) {
        answer = tl::unexpected(broker::Refusal::old_studio);
      }
      if (answer) return taken(answer->epoch);
      self->counters_.telemetry_refused[answer.error()].add();
      self->close(close_code::kTryAgainLater, Leaving::refused);
    });
  });
}

void Trainer::acknowledge_soon() {
  if (acknowledged_just_now_ || is_parting() || is_over()) return;
  if (acknowledgements_.in_a_row() == acknowledged_) return;
  acknowledge();
  flush();
  acknowledged_just_now_ = true;
  acknowledgement_timer_.expires_after(kAcknowledgeInterval);
  acknowledgement_timer_.async_wait(
      [weak = weak_from_this(), this](boost::system::error_code cancelled) {
        const auto alive = weak.lock();
        if (cancelled || !alive) return;
        acknowledged_just_now_ = false;
        acknowledge_soon();
      });
}

void Trainer::acknowledge() {
  const std::int64_t taken = acknowledgements_.in_a_row();
  if (taken != acknowledged_) say(protocol::TelemetryAcknowledged{acknowledged_ = taken});
}

template <class Message>
void Trainer::say(const Message& message) {
  const double timestamp = unix_seconds(clock().wall());
  put_queued(std::make_shared<const std::string>(
      frame_bytes(Opcode::text, protocol::encode(message, timestamp, ++said_))));
}

}  // namespace keisei::edge

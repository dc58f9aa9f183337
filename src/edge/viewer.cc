#include "edge/viewer.h"

#include <fmt/format.h>

#include <charconv>
#include <utility>

#include "http/random_id.h"
#include "protocol/codec.h"

namespace keisei::edge {
namespace {

// A viewer may change its mind ten times a second, and in bursts of twenty.
constexpr http::RateLimitOptions kRate{.per_second = 10, .burst = 20, .patience = 50};

std::optional<MessageRules> rules_for(const Speech& speech) {
  if (speech.framing == Framing::events) return std::nullopt;
  return MessageRules{.most_bytes = protocol::kMaxClientBytes, .deflated = speech.reads_deflated};
}

}  // namespace

Viewer::Viewer(http::Accepted connection, const Speech& speech, ViewerHost& host,
               const Clock& clock, const EdgeCounters& counters)
    : Connection(std::move(connection), clock, rules_for(speech), KeepaliveOptions{}),
      host_(host),
      counters_(counters),
      id_(http::to_hex(http::random_id())),
      rate_(kRate, clock.steady()),
      framing_(speech.framing) {}

void Viewer::subscribe(const Subscription& subscription) {
  subscription_ = subscription;
  set_pace(subscription.pace());
  greeted_ = true;
  keepalive().greeted();
}

template <class Message>
void Viewer::reply(const Message& message) {
  const double timestamp = unix_seconds(clock().wall());
  const std::string text = protocol::encode(message, timestamp, 0);
  put_queued(std::make_shared<const std::string>(
      framing_ == Framing::events ? event_bytes(text) : frame_bytes(Opcode::text, text)));
}
template void Viewer::reply(const protocol::ConnectionEstablished&);

void Viewer::refuse(const Error& error) { reply(protocol::error_message(error)); }

// Between one and five seconds from now, by chance: those who come back are thousands.
void Viewer::send_away() {
  unsigned chance = 0;
  std::from_chars(id_.data(), id_.data() + 4, chance, 16);
  const unsigned wait_ms = 1000 + 4000 * chance / 0xFFFF;
  if (framing_ == Framing::events) {
    put_queued(std::make_shared<const std::string>(fmt::format("retry: {}\n\n", wait_ms)));
  }
  close(close_code::kServiceRestart, Leaving::going_away,
        fmt::format("return in {:.3f} s", wait_ms / 1000.0));
}

void Viewer::on_text(std::string text) {
  if (within_rate()) host_.on_said(*this, text);
}

bool Viewer::within_rate() {
  using Verdict = http::RateLimit::Verdict;
  const Verdict verdict = rate_.take(clock().steady());
  if (verdict == Verdict::allowed) return true;
  counters_.heard[Heard::rate_limited].add();
  if (verdict == Verdict::exceeded) {
    refuse({"at most 10 messages a second", "", ErrorCode::rate_limited});
  } else if (verdict == Verdict::abusive) {
    close(close_code::kPolicy, Leaving::rate_limit);
  }
  return false;
}

}  // namespace keisei::edge

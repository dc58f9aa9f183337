#include "edge/viewer.h"

#include <utility>

#include "http/random_id.h"
#include "protocol/codec.h"

namespace keisei::edge {
namespace {

// A viewer may change its mind ten times a second, and in bursts of twenty.
constexpr http::RateLimitOptions kRate{.per_second = 10, .burst = 20, .patience = 50};

}  // namespace

Viewer::Viewer(http::Accepted connection, const std::optional<DeflateTerms>& deflate,
               ViewerHost& host, const Clock& clock, const EdgeCounters& counters)
    : Connection(
          std::move(connection), clock,
          MessageRules{.most_bytes = protocol::kMaxClientBytes, .deflated = deflate.has_value()},
          KeepaliveOptions{}),
      host_(host),
      counters_(counters),
      id_(http::to_hex(http::random_id())),
      rate_(kRate, clock.steady()),
      takes_deflated_(deflate && deflate->takes_shared_frames()) {}

void Viewer::subscribe(const Subscription& subscription) {
  subscription_ = subscription;
  set_pace(subscription.pace());
  greeted_ = true;
  keepalive().greeted();
}

template <class Message>
void Viewer::reply(const Message& message) {
  const double timestamp = unix_seconds(clock().wall());
  put_queued(std::make_shared<const std::string>(
      frame_bytes(Opcode::text, protocol::encode(message, timestamp, 0))));
}
template void Viewer::reply(const protocol::ConnectionEstablished&);

void Viewer::refuse(const Error& error) { reply(protocol::error_message(error)); }

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

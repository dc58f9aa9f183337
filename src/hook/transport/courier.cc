#include "hook/transport/courier.h"

#include <algorithm>
#include <exception>
#include <utility>
#include <variant>

#include "hook/transport/token_file.h"
#include "protocol/codec.h"

namespace keisei::hook {
namespace {

/// One for each part of telemetry, so that a metric that is out of range in every update hides no
/// game that is broken.
std::array<Topic*, kEnumerators<protocol::Unusable>> unusable_topics(Notices& notices) {
  std::array<Topic*, kEnumerators<protocol::Unusable>> topics{};
  for (std::size_t i = 0; i < topics.size(); ++i) {
    const std::string part(to_string(static_cast<protocol::Unusable>(i)));
    topics.at(i) = &notices.topic("unusable_" + part, "the showcase can make nothing of this");
  }
  return topics;
}

}  // namespace

Courier::Courier(const HookOptions& options, protocol::RunStarted run, const Clock& clock,
                 Lanes& lanes, HookStatus& status, Notices& notices, Connect connect)
    : options_(options),
      clock_(clock),
      status_(status),
      notices_(notices),
      connect_(std::move(connect)),
      link_(notices.topic("showcase_link", "streaming to the showcase")),
      unusable_(unusable_topics(notices)),
      outbox_(options, std::move(run), clock, lanes, status, notices),
      policy_({.backoff_min = options.backoff_min,
               .backoff_max = options.backoff_max,
               .breaker_failures = options.breaker_failures,
               .breaker_wait = options.breaker_wait,
               .replaced_min = options.replaced_min,
               .replaced_max = options.replaced_max},
              options.random) {}

std::string Courier::last_error() const {
  const std::lock_guard lock(error_mutex_);
  return error_;
}

void Courier::set_error(std::string why) {
  const std::lock_guard lock(error_mutex_);
  error_ = std::move(why);
}

void Courier::tick(bool reconnects) {
  thread_check_.check();
  outbox_.collect();
  if (!connected_) outbox_.spill();
  const SteadyTime now = clock_.steady();
  if (connection_) {
    const auto connection = connection_;  // check() may end it
    connection->check(now);
    if (connected_ && !closing_) watch(now);
  } else if (policy_.may_connect(now) && (reconnects || !attempted_)) {
    connect();
  }
  pump();
  if (now >= next_look_at_losses_) {
    next_look_at_losses_ = now + options_.heartbeat;
    outbox_.tell_losses();
    notices_.check();
  }
  count_backlog();
}

// Without a connection nobody waits for what is in the rings; while streaming is measured against
// not streaming, the publisher's own work belongs to streaming. Look less often.
std::chrono::milliseconds Courier::rest() const {
  const bool awake = connection_ && !status_.gate.resting() && !status_.gate.stopped();
  return awake ? options_.poll_interval : 5 * options_.poll_interval;
}

// A goodbye confirms nothing. Part of the time is for confirmations; what the showcase confirms as
// it takes leave counts as well.
void Courier::part(bool has_waited) {
  if (connection_ == nullptr || closing_ || !connection_->can_send() || !outbox_.is_flushed()) {
    return;
  }
  if (outbox_.waiting_since() && !has_waited) return;
  closing_ = true;
  connection_->close();
}

void Courier::fail(const char* why) noexcept {
  try {
    if (connection_) connection_->abandon();
    on_closed({IngestConnection::Ending::Kind::trouble, why});
  } catch (const std::exception&) {
    connection_ = nullptr;
  }
}

void Courier::end() noexcept {
  if (connection_) connection_->abandon();
  connected_ = false;
  status_.gate.end();  // before the last look: what is emitted from now on is counted there
  try {
    outbox_.on_lost();
    outbox_.collect();
    outbox_.spill();
    outbox_.give_up();
    notices_.settle();
  } catch (const std::exception&) {
    // Out of memory at the very end: what could not be saved is lost.
  }
  count_backlog();
}

void Courier::count_backlog() {
  backlog_events_.store(outbox_.backlog().size(), std::memory_order_relaxed);
  backlog_bytes_.store(outbox_.backlog().bytes(), std::memory_order_relaxed);
}

void Courier::connect() {
  attempted_ = true;
  IngestConnection::Introduction own{.token = {}, .yields = policy_.yields()};
  token_problem_.clear();
  if (!options_.token_file.empty()) {
    Result<std::string> token = read_trainers_token(options_.token_file);
    if (token) {
      own.token = std::move(*token);
    } else {
      token_problem_ = std::move(token.error().message);
    }
  }
  IngestConnection::Handlers handlers{
      .opened = [this] { on_opened(); },
      .written =
          [this] {
            outbox_.on_written();
            pump();
          },
      .received = [this](const std::string& text) { on_received(text); },
      .closed = [this](const IngestConnection::Ending& ending) { on_closed(ending); }};
  connection_ = connect_(std::move(own), std::move(handlers));
  const auto connection = connection_;
  connection->start(clock_.steady());
}

void Courier::on_opened() {
  thread_check_.check();
  opened_at_ = clock_.steady();
  policy_.on_connected(opened_at_);
  connections_.fetch_add(1, std::memory_order_relaxed);
  connected_ = true;
  sent_before_standstill_.reset();
  set_error("");
  outbox_.begin();
  pump();
}

void Courier::on_received(const std::string& text) {
  thread_check_.check();
  const Result<protocol::IngestReply> reply = protocol::decode_ingest_reply(text);
  if (!reply) return;  // of a later protocol, perhaps
  if (const auto* control = std::get_if<protocol::StreamControl>(&*reply)) {
    status_.gate.set_stopped(!control->streaming);
    outbox_.speak_up();  // says so at once
    pump();
    return;
  }
  if (const auto* unusable = std::get_if<protocol::TelemetryUnusable>(&*reply)) {
    Topic& topic = *unusable_.at(static_cast<std::size_t>(unusable->what));
    return topic.happened(unusable->reason, static_cast<std::uint64_t>(unusable->times));
  }
  const auto* acknowledged = std::get_if<protocol::TelemetryAcknowledged>(&*reply);
  if (acknowledged == nullptr) return;
  const auto received = static_cast<std::uint64_t>(acknowledged->received);
  outbox_.on_acknowledged(received);
  // One that ends at once did not work.
  if (clock_.steady() - opened_at_ < ReconnectPolicy::kProven) return;
  if (sent_before_standstill_ && received <= *sent_before_standstill_) return;
  sent_before_standstill_.reset();
  policy_.on_proven();
  link_.works();
}

void Courier::watch(SteadyTime now) {
  // A trainer that was stopped, or a machine that slept, heard nobody: the showcase may have
  // answered.
  if (now - std::exchange(watched_, now) > options_.confirm_within / 2) awake_since_ = now;
  const auto waiting_since = outbox_.waiting_since();
  if (!waiting_since || now - std::max(*waiting_since, awake_since_) < options_.confirm_within) {
    return;
  }
  if (!sent_before_standstill_) sent_before_standstill_ = outbox_.sent();
  const auto limit = std::chrono::duration_cast<std::chrono::seconds>(options_.confirm_within);
  link_.fails("the showcase has confirmed nothing for " + std::to_string(limit.count()) + " s");
}

std::string Courier::unauthorized() const {
  if (options_.token_file.empty()) {
    return "the showcase asks for its operator token, and no token file was given (HTTP 401)";
  }
  if (!token_problem_.empty()) {
    return "the showcase asks for its operator token (HTTP 401), but " + token_problem_;
  }
  return "the showcase refused the token in " + options_.token_file + " (HTTP 401)";
}

void Courier::on_closed(const IngestConnection::Ending& ending) {
  using Ended = IngestConnection::Ending::Kind;
  thread_check_.check();
  if (!connected_) connect_failures_.fetch_add(1, std::memory_order_relaxed);
  connected_ = false;
  connection_ = nullptr;
  const SteadyTime now = clock_.steady();
  ending.kind == Ended::replaced ? policy_.on_replaced(now) : policy_.on_lost(now);
  outbox_.on_lost();
  std::string why = ending.why;
  switch (ending.kind) {
    case Ended::finished:
      return set_error({});
    case Ended::unauthorized:
      why = unauthorized();
      break;
    case Ended::replaced:
      why += "; it is left alone, and asked again after a minute or more";
      break;
    case Ended::trouble:
      break;
  }
  link_.fails(why);
  set_error(std::move(why));
}

void Courier::pump() {
  if (connection_ == nullptr || !connection_->can_send() || closing_) return;
  std::optional<std::string> message = outbox_.next();
  if (message) connection_->send(std::move(*message), clock_.steady());
}

}  // namespace keisei::hook

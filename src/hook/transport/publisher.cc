#include "hook/transport/publisher.h"

#include <boost/asio/ssl/context.hpp>
#include <exception>
#include <fstream>
#include <optional>
#include <utility>

#include "protocol/codec.h"

namespace keisei::hook {
namespace {

/// The first line of the file; empty if there is none yet.
std::string read_token(const std::string& path) {
  std::string token;
  if (path.empty()) return token;
  std::ifstream file(path);
  std::getline(file, token);
  while (!token.empty() && (token.back() == '\r' || token.back() == ' ')) token.pop_back();
  return token;
}

}  // namespace

Publisher::Publisher(const HookOptions& options, ShowcaseUrl url, protocol::RunStarted run,
                     const Clock& clock, Lanes& lanes, HookStatus& status)
    : options_(options),
      url_(std::move(url)),
      clock_(clock),
      gate_(status.gate),
      tls_(make_tls_context(options.ca_file)),
      work_(io_.get_executor()),
      outbox_(options, std::move(run), clock, lanes, status),
      policy_({options.backoff_min, options.backoff_max, options.breaker_failures,
               options.breaker_wait},
              options.random),
      thread_([this] { this->run(); }) {}

Publisher::~Publisher() {
  stopping_ = true;
  thread_.join();
}

std::string Publisher::last_error() const {
  const std::lock_guard lock(error_mutex_);
  return error_;
}

void Publisher::set_error(std::string why) {
  const std::lock_guard lock(error_mutex_);
  error_ = std::move(why);
}

void Publisher::run() {
  lower_priority(options_.priority);
  if (options_.publisher_cpu >= 0) stay_on(options_.publisher_cpu);
  std::optional<std::chrono::steady_clock::time_point> give_up;
  while (true) {
    // Read once, before the rings: what was emitted before the end is seen by this round.
    const bool stopping = stopping_;
    if (stopping) {
      // Not the hook's clock: the end must come even if a test holds that one still.
      const auto now = std::chrono::steady_clock::now();
      if (!give_up) give_up = now + options_.flush_deadline;
      if (now >= *give_up || (connection_ == nullptr && attempted_)) break;
    }
    try {
      tick();
      if (stopping && connection_ && outbox_.is_flushed() && !closing_ && connection_->can_send()) {
        closing_ = true;
        connection_->close();
      }
      io_.run_for(stopping ? options_.poll_interval : rest());
    } catch (const std::exception& error) {
      // Out of memory, most likely. Streaming may suffer, training not.
      try {
        if (connection_) connection_->abandon();
        on_closed(error.what());
      } catch (const std::exception&) {
        connection_ = nullptr;
      }
      std::this_thread::sleep_for(options_.backoff_min);
    }
  }
  if (connection_) connection_->abandon();
  connected_ = false;
  try {
    outbox_.on_lost();
    outbox_.collect();
    outbox_.spill();
  } catch (const std::exception&) {
    // Out of memory at the very end: what could not be saved is lost.
  }
}

// Without a connection nobody waits for what is in the rings; while streaming is measured against
// not streaming, the publisher's own work belongs to streaming. Look less often.
std::chrono::milliseconds Publisher::rest() const {
  const bool awake = connection_ && !gate_.resting() && !gate_.stopped();
  return awake ? options_.poll_interval : 5 * options_.poll_interval;
}

void Publisher::tick() {
  thread_check_.check();
  outbox_.collect();
  if (!connected_) outbox_.spill();
  const SteadyTime now = clock_.steady();
  if (connection_) {
    const auto connection = connection_;  // check() may end it
    connection->check(now);
  } else if (policy_.may_connect(now) && !(stopping_ && attempted_)) {
    connect();
  }
  pump();
  backlog_events_.store(outbox_.backlog().size(), std::memory_order_relaxed);
  backlog_bytes_.store(outbox_.backlog().bytes(), std::memory_order_relaxed);
}

void Publisher::connect() {
  attempted_ = true;
  IngestConnection::Handlers handlers{
      .opened = [this] { on_opened(); },
      .written =
          [this] {
            outbox_.on_written();
            pump();
          },
      .received = [this](const std::string& text) { on_received(text); },
      .closed = [this](const std::string& why) { on_closed(why); }};
  connection_ = make_ingest_connection(io_, *tls_, url_, read_token(options_.token_file),
                                       {options_.connect_timeout, options_.write_timeout},
                                       std::move(handlers));
  const auto connection = connection_;
  connection->start(clock_.steady());
}

void Publisher::on_opened() {
  thread_check_.check();
  policy_.on_connected(clock_.steady());
  connections_.fetch_add(1, std::memory_order_relaxed);
  connected_ = true;
  set_error("");
  outbox_.begin();
  pump();
}

void Publisher::on_received(const std::string& text) {
  thread_check_.check();
  const Result<protocol::IngestReply> reply = protocol::decode_ingest_reply(text);
  if (!reply) return;  // of a later protocol, perhaps
  if (const auto* control = std::get_if<protocol::StreamControl>(&*reply)) {
    gate_.set_stopped(!control->streaming);
    outbox_.speak_up();  // says so at once
    pump();
    return;
  }
  const auto& acknowledged = std::get<protocol::TelemetryAcknowledged>(*reply);
  outbox_.on_acknowledged(static_cast<std::uint64_t>(acknowledged.received));
}

void Publisher::on_closed(const std::string& why) {
  thread_check_.check();
  if (!connected_) connect_failures_.fetch_add(1, std::memory_order_relaxed);
  connected_ = false;
  connection_ = nullptr;
  policy_.on_lost(clock_.steady());
  // The showcase answered our goodbye: it has read everything before it.
  if (why.empty()) outbox_.on_all_acknowledged();
  outbox_.on_lost();
  set_error(why.empty() ? "closed" : why);
}

void Publisher::pump() {
  if (connection_ == nullptr || !connection_->can_send() || closing_) return;
  std::optional<std::string> message = outbox_.next();
  if (message) connection_->send(std::move(*message), clock_.steady());
}

}  // namespace keisei::hook

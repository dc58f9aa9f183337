#include "hook/transport/publisher.h"

#include <algorithm>
#include <boost/asio/ssl/context.hpp>
#include <exception>
#include <fstream>
#include <type_traits>
#include <utility>

#include "hook/events/to_message.h"
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

/// What a line of the spill file may be. A new run is never there: its successors say whose they
/// are.
template <class Message>
inline constexpr bool kIsSpilled = std::apply(
    []<class... Row>(const Row&... rows) {
      return ((std::is_same_v<typename Row::Message, Message> &&
               rows.priority == Priority::critical &&
               !std::is_same_v<Message, protocol::RunStarted>) ||
              ...);
    },
    kEventRows);

}  // namespace

Publisher::Publisher(const HookOptions& options, ShowcaseUrl url, protocol::RunStarted run,
                     const Clock& clock, Lanes& lanes, HookStatus& status)
    : options_(options),
      url_(std::move(url)),
      run_(std::move(run)),
      clock_(clock),
      lanes_(lanes),
      status_(status),
      tls_(make_tls_context(options.ca_file)),
      work_(io_.get_executor()),
      backlog_(options.rooms, status.counters),
      spill_(options.spill_file, options.spill_bytes),
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
      if (stopping && connection_ && is_flushed() && !closing_ && connection_->can_send()) {
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
    backlog_.lost();
    spill_.lost();
    drain_lanes();
    spill();
  } catch (const std::exception&) {
    // Out of memory at the very end: what could not be saved is lost.
  }
}

// Without a connection nobody waits for what is in the rings; while streaming is measured against
// not streaming, the publisher's own work belongs to streaming. Look less often.
std::chrono::milliseconds Publisher::rest() const {
  const bool awake = connection_ && !status_.gate.resting() && !status_.gate.stopped();
  return awake ? options_.poll_interval : 5 * options_.poll_interval;
}

void Publisher::tick() {
  thread_check_.check();
  drain_lanes();
  if (!connected_) spill();
  const SteadyTime now = clock_.steady();
  if (connection_) {
    const auto connection = connection_;  // check() may end it
    connection->check(now);
  } else if (policy_.may_connect(now) && !(stopping_ && attempted_)) {
    connect();
  }
  pump();
  backlog_events_.store(backlog_.size(), std::memory_order_relaxed);
  backlog_bytes_.store(backlog_.bytes(), std::memory_order_relaxed);
}

void Publisher::drain_lanes() {
  lanes_.each([this](Lane& lane) {
    lane.drain([this]<class Event>(const Stamped<Event>& stamped) {
      if (is_sound(stamped.event)) {
        backlog_.add(stamped);
      } else {
        status_.counters.count_drop(kKindOf<Event>, DropReason::not_finite);
      }
    });
  });
}

// In the order of their emission. A line is a whole message, so that another process can send it.
void Publisher::spill() {
  if (!spill_.is_open()) return;
  const auto store = [this]<class Event>(const Stamped<Event>& stamped) {
    if constexpr (std::is_same_v<Event, RunStartedEvent>) {
      // Every connection begins with the run, and what is spilled from now on belongs to it.
      run_ = to_message(stamped.event);
      status_.counters.count_acknowledged();
      return true;
    } else {
      return spill_.append(
          protocol::encode(to_message(stamped.event, run_.run_id, stamped.emitted_at), 0, 0));
    }
  };
  while (backlog_.spill_one(store)) {
  }
}

void Publisher::connect() {
  attempted_ = true;
  IngestConnection::Handlers handlers{
      .opened = [this] { on_opened(); },
      .written =
          [this] {
            if (event_in_flight_) status_.counters.count_sent();
            event_in_flight_ = false;
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
  run_sent_ = false;
  seq_ = 0;
  next_heartbeat_ = clock_.steady();
  pump();
}

void Publisher::on_received(const std::string& text) {
  thread_check_.check();
  const Result<protocol::IngestReply> reply = protocol::decode_ingest_reply(text);
  if (!reply) return;  // of a later protocol, perhaps
  if (const auto* control = std::get_if<protocol::StreamControl>(&*reply)) {
    status_.gate.set_stopped(!control->streaming);
    next_heartbeat_ = clock_.steady();  // says so at once
    pump();
    return;
  }
  const auto& acknowledged = std::get<protocol::TelemetryAcknowledged>(*reply);
  const auto received = std::min(static_cast<std::uint64_t>(acknowledged.received), seq_);
  backlog_.acknowledge(received);
  for (std::size_t own = spill_.acknowledge(received); own > 0; --own) {
    status_.counters.count_acknowledged();
  }
}

void Publisher::on_closed(const std::string& why) {
  thread_check_.check();
  if (!connected_) connect_failures_.fetch_add(1, std::memory_order_relaxed);
  connected_ = false;
  connection_ = nullptr;
  event_in_flight_ = false;
  policy_.on_lost(clock_.steady());
  if (why.empty()) {
    // The showcase answered our goodbye: it has read everything before it.
    backlog_.acknowledge(seq_);
    for (std::size_t own = spill_.acknowledge(seq_); own > 0; --own) {
      status_.counters.count_acknowledged();
    }
  }
  backlog_.lost();
  spill_.lost();
  set_error(why.empty() ? "closed" : why);
}

void Publisher::pump() {
  if (connection_ == nullptr || !connection_->can_send() || closing_) return;
  std::optional<std::string> message = next_message();
  if (message) connection_->send(std::move(*message), clock_.steady());
}

template <class Message>
std::string Publisher::encoded(const Message& message) {
  return protocol::encode(message, unix_seconds(clock_.wall()), ++seq_);
}

std::optional<std::string> Publisher::next_message() {
  if (!run_sent_) {
    run_sent_ = true;
    return encoded(run_);
  }
  if (clock_.steady() >= next_heartbeat_) return heartbeat();
  if (status_.gate.stopped()) return std::nullopt;
  while (!spill_.empty()) {
    const std::optional<std::string> line = spill_.peek();
    if (!line) break;
    if (std::optional<std::string> message = from_spill(*line)) return message;
    // Newer than what waits in memory, or damaged and skipped by now.
    if (spill_.peek() == line) break;
  }
  if (backlog_.empty()) return std::nullopt;
  return from_backlog();
}

std::string Publisher::heartbeat() {
  next_heartbeat_ = clock_.steady() + options_.heartbeat;
  protocol::Heartbeat message{.emitted = 0,
                              .dropped = status_.counters.dropped_by(),
                              .impact_pct = status_.impact.pct(),
                              .impact_low_pct = status_.impact.low_pct(),
                              .impact_high_pct = status_.impact.high_pct(),
                              .stage = status_.gate.stage(),
                              .stopped = status_.gate.stopped(),
                              .sent_at = unix_seconds(clock_.wall())};
  lanes_.each([&](const Lane& lane) {
    message.emitted += static_cast<std::int64_t>(lane.counters().emitted());
    lane.counters().add_dropped_to(message.dropped);
  });
  return encoded(message);
}

std::string Publisher::from_backlog() {
  event_in_flight_ = true;
  return std::visit(
      [this]<class Event>(const Stamped<Event>* stamped) {
        auto message = to_message(stamped->event, run_.run_id, stamped->emitted_at);
        std::string text = encoded(message);
        if constexpr (std::is_same_v<Event, RunStartedEvent>) run_ = std::move(message);
        return text;
      },
      backlog_.take(seq_ + 1));
}

std::optional<std::string> Publisher::from_spill(const std::string& line) {
  const Result<protocol::Telemetry> spilled = protocol::decode_telemetry(line);
  if (!spilled) {
    spill_.take(0);
    return std::nullopt;
  }
  return std::visit(
      [this]<class Message>(const Message& message) -> std::optional<std::string> {
        if constexpr (kIsSpilled<Message>) {
          const std::optional<double> in_memory = backlog_.next_emitted_at();
          if (in_memory && *in_memory < message.emitted_at) return std::nullopt;
          event_in_flight_ = true;
          spill_.take(seq_ + 1);
          return encoded(message);
        } else {
          spill_.take(0);  // nothing that a hook spills
          return std::nullopt;
        }
      },
      *spilled);
}

bool Publisher::is_flushed() const {
  if (event_in_flight_) return false;
  return status_.gate.stopped() || (backlog_.empty() && spill_.empty());
}

}  // namespace keisei::hook

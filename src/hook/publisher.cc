#include "hook/publisher.h"

#include <exception>
#include <fstream>
#include <random>
#include <utility>

#include "hook/low_priority.h"
#include "hook/telemetry_encoding.h"
#include "protocol/codec.h"

namespace keisei::hook {
namespace {

using std::chrono::milliseconds;

std::function<double()> random_source(const HookOptions& options) {
  if (options.random) return options.random;
  return [engine = std::mt19937_64(std::random_device{}())]() mutable {
    return std::uniform_real_distribution<double>(0, 1)(engine);
  };
}

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
                     const Clock& clock, Rings& rings, EventCounters& counters)
    : options_(options),
      url_(std::move(url)),
      run_(std::move(run)),
      clock_(clock),
      rings_(rings),
      counters_(counters),
      work_(io_.get_executor()),
      backlog_({options.max_games, options.max_metrics, options.max_moves, options.max_attention},
               counters),
      policy_({options.backoff_min, options.backoff_max, options.breaker_failures,
               options.breaker_wait},
              random_source(options)),
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
      // Without a connection nobody waits for what is in the rings: look less often.
      io_.run_for(connection_ || stopping ? options_.poll_interval : 5 * options_.poll_interval);
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
}

void Publisher::tick() {
  drain_rings();
  const SteadyTime now = clock_.steady();
  if (connection_) {
    const auto connection = connection_;  // check() may end it
    connection->check(now);
  } else if (policy_.may_connect(now) && !(stopping_ && attempted_)) {
    connect();
  }
  pump();
}

template <class Event>
void Publisher::drain(SpscRing<Stamped<Event>>& ring) {
  while (const Stamped<Event>* event = ring.front()) {
    if (is_sound(event->event)) {
      backlog_.add(*event);
    } else {
      counters_.count_drop(kKindOf<Event>, DropReason::not_finite);
    }
    ring.pop();
  }
}

void Publisher::drain_rings() {
  drain(rings_.games);
  drain(rings_.metrics);
  drain(rings_.moves);
  drain(rings_.attention);
}

void Publisher::connect() {
  attempted_ = true;
  IngestConnection::Handlers handlers{.opened = [this] { on_opened(); },
                                      .written =
                                          [this] {
                                            if (in_flight_) counters_.count_sent();
                                            in_flight_.reset();
                                            pump();
                                          },
                                      .closed = [this](const std::string& why) { on_closed(why); }};
  connection_ = std::make_shared<IngestConnection>(
      io_, url_, read_token(options_.token_file),
      IngestConnection::Timeouts{options_.connect_timeout, options_.write_timeout},
      std::move(handlers));
  const auto connection = connection_;
  connection->start(clock_.steady());
}

void Publisher::on_opened() {
  policy_.on_connected(clock_.steady());
  connections_.fetch_add(1, std::memory_order_relaxed);
  connected_ = true;
  set_error("");
  run_sent_ = false;
  seq_ = 0;
  next_heartbeat_ = clock_.steady();
  pump();
}

void Publisher::on_closed(const std::string& why) {
  if (!connected_) connect_failures_.fetch_add(1, std::memory_order_relaxed);
  connected_ = false;
  connection_ = nullptr;
  policy_.on_lost(clock_.steady());
  if (in_flight_) {
    backlog_.put_back(*in_flight_);
    in_flight_.reset();
  }
  set_error(why);
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
  const SteadyTime now = clock_.steady();
  if (now >= next_heartbeat_) {
    next_heartbeat_ = now + options_.heartbeat;
    return encoded(protocol::Heartbeat{.emitted = static_cast<std::int64_t>(counters_.emitted()),
                                       .dropped = counters_.dropped_by(),
                                       .impact_pct = {},
                                       .sent_at = unix_seconds(clock_.wall())});
  }
  if (backlog_.empty()) return std::nullopt;
  in_flight_ = backlog_.take();
  return std::visit(
      [this](const auto& stamped) {
        return encoded(to_message(stamped.event, run_.run_id, stamped.emitted_at));
      },
      *in_flight_);
}

bool Publisher::is_flushed() const { return backlog_.empty() && !in_flight_; }

}  // namespace keisei::hook

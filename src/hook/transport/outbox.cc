#include "hook/transport/outbox.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <type_traits>
#include <utility>
#include <variant>

#include "hook/events/to_message.h"
#include "protocol/codec.h"

namespace keisei::hook {
namespace {

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

// Far more than a process begins during an outage.
constexpr std::size_t kMostRuns = 64;

}  // namespace

Outbox::Outbox(const HookOptions& options, protocol::RunStarted run, const Clock& clock,
               Lanes& lanes, HookStatus& status)
    : options_(options),
      runs_{{-std::numeric_limits<double>::infinity(), std::move(run)}},
      clock_(clock),
      lanes_(lanes),
      status_(status),
      backlog_(options.rooms, status.counters),
      spill_(options.spill_file, options.spill_bytes) {}

void Outbox::collect() {
  lanes_.each([this](Lane& lane) {
    lane.drain([this]<class Event>(const Stamped<Event>& stamped) {
      if (is_sound(stamped.event)) {
        if constexpr (std::is_same_v<Event, RunStartedEvent>) remember(stamped);
        backlog_.add(stamped);
      } else {
        status_.counters.count_drop(kKindOf<Event>, DropReason::not_finite);
      }
    });
  });
}

void Outbox::remember(const Stamped<RunStartedEvent>& began) {
  runs_.insert_or_assign(began.emitted_at, to_message(began.event));
  if (runs_.size() > kMostRuns) runs_.erase(runs_.begin());
}

Outbox::Runs::const_reference Outbox::run_of(double emitted_at) const {
  const auto later = runs_.upper_bound(emitted_at);
  return later == runs_.begin() ? *later : *std::prev(later);
}

std::string Outbox::tell(Runs::const_reference run) {
  told_ = run.first;
  return encoded(run.second);
}

// In the order of their emission. A line is a whole message, so that another process can send it.
void Outbox::spill() {
  if (!spill_.is_open()) return;
  const auto store = [this]<class Event>(const Stamped<Event>& stamped) {
    if constexpr (std::is_same_v<Event, RunStartedEvent>) {
      // Told before whatever belongs to it.
      status_.counters.count_acknowledged();
      return true;
    } else {
      const std::string& run_id = run_of(stamped.emitted_at).second.run_id;
      return spill_.append(
          protocol::encode(to_message(stamped.event, run_id, stamped.emitted_at), 0, 0));
    }
  };
  while (backlog_.spill_one(store)) {
  }
}

void Outbox::begin() {
  told_.reset();
  seq_ = 0;
  speak_up();
}

void Outbox::on_written() {
  if (event_in_flight_) status_.counters.count_sent();
  event_in_flight_ = false;
}

void Outbox::on_acknowledged(std::uint64_t received) {
  received = std::min(received, seq_);
  backlog_.acknowledge(received);
  for (std::size_t own = spill_.acknowledge(received); own > 0; --own) {
    status_.counters.count_acknowledged();
  }
}

void Outbox::on_lost() {
  event_in_flight_ = false;
  backlog_.lost();
  spill_.lost();
}

template <class Message>
std::string Outbox::encoded(const Message& message) {
  return protocol::encode(message, unix_seconds(clock_.wall()), ++seq_);
}

std::optional<std::string> Outbox::next() {
  const Runs::const_reference latest = *runs_.rbegin();
  if (told_ && clock_.steady() >= next_heartbeat_) return heartbeat();
  if (status_.gate.stopped()) return told_ ? std::nullopt : std::optional(tell(latest));
  while (!spill_.empty()) {
    const std::optional<std::string> line = spill_.peek();
    if (!line) break;
    if (std::optional<std::string> message = from_spill(*line)) return message;
    // Newer than what waits in memory, or damaged and skipped by now.
    if (spill_.peek() == line) break;
  }
  if (!backlog_.empty()) return from_backlog();
  if (!is_told(latest)) return tell(latest);
  return std::nullopt;
}

std::string Outbox::heartbeat() {
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

std::string Outbox::from_backlog() {
  const double time = *backlog_.next_emitted_at();
  const bool begins = backlog_.next_kind() == kKindOf<RunStartedEvent>;
  // A run that begins as a connection does follows the one before it.
  const Runs::const_reference run =
      run_of(begins ? std::nextafter(time, std::numeric_limits<double>::lowest()) : time);
  if (begins ? !told_ : !is_told(run)) return tell(run);
  event_in_flight_ = true;
  return std::visit(
      [&]<class Event>(const Stamped<Event>* stamped) {
        if constexpr (std::is_same_v<Event, RunStartedEvent>) told_ = stamped->emitted_at;
        return encoded(to_message(stamped->event, run.second.run_id, stamped->emitted_at));
      },
      backlog_.take(seq_ + 1));
}

std::optional<std::string> Outbox::from_spill(const std::string& line) {
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
          const Runs::const_reference run = run_of(message.emitted_at);
          if (!is_told(run)) return tell(run);
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

bool Outbox::is_flushed() const {
  if (event_in_flight_) return false;
  return status_.gate.stopped() || (backlog_.empty() && spill_.empty() && is_told(*runs_.rbegin()));
}

}  // namespace keisei::hook

#include "hook/transport/outbox.h"

#include <algorithm>
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

}  // namespace

Outbox::Outbox(const HookOptions& options, protocol::RunStarted run, const Clock& clock,
               Lanes& lanes, HookStatus& status)
    : options_(options),
      run_(std::move(run)),
      clock_(clock),
      lanes_(lanes),
      status_(status),
      backlog_(options.rooms, status.counters),
      spill_(options.spill_file, options.spill_bytes) {}

void Outbox::collect() {
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
void Outbox::spill() {
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

void Outbox::begin() {
  run_sent_ = false;
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
  return status_.gate.stopped() || (backlog_.empty() && spill_.empty());
}

}  // namespace keisei::hook

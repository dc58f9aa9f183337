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
#include "protocol/drop_reason.h"

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

constexpr bool is_result(Kind kind) {
  return priority_of(kind) == Priority::critical && kind != kKindOf<RunStartedEvent>;
}

// Far more than a process begins during an outage.
constexpr std::size_t kMostRuns = 64;

}  // namespace

Outbox::Outbox(const HookOptions& options, protocol::RunStarted run, const Clock& clock,
               Lanes& lanes, HookStatus& status, Notices& notices)
    : options_(options),
      runs_{{-std::numeric_limits<double>::infinity(), std::move(run)}},
      clock_(clock),
      lanes_(lanes),
      status_(status),
      backlog_(options.rooms, status.counters),
      spill_(options.spill_file, options.spill_bytes),
      saving_(notices.topic("spill_file", "saving results for the showcase")),
      results_(notices.topic("results", "finished games and evaluations")) {
  if (!options.spill_file.empty() && !spill_.is_open()) saving_.fails(spill_.problem());
}

void Outbox::collect() {
  lanes_.each([this](Lane& lane) { lane.drain([this](const auto& stamped) { take(stamped); }); });
}

template <HookEvent Event>
void Outbox::take(const Stamped<Event>& stamped) {
  if (!is_sound(stamped.event)) {
    return status_.counters.count_drop(kKindOf<Event>, DropReason::not_finite);
  }
  if constexpr (std::is_same_v<Event, RunStartedEvent>) remember(stamped);
  if constexpr (is_result(kKindOf<Event>)) {
    // Newer than all that waits in memory: it is told in its turn.
    if (backlog_.is_full<Event>() && save(stamped)) return;
  }
  backlog_.add(stamped);
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

// A line is a whole message, so that another process can send it.
template <HookEvent Event>
bool Outbox::save(const Stamped<Event>& stamped) {
  if (!spill_.is_open()) return false;
  const std::string& run_id = run_of(stamped.emitted_at).second.run_id;
  const Result<void> saved =
      spill_.append(protocol::encode(to_message(stamped.event, run_id, stamped.emitted_at), 0, 0));
  saved ? saving_.works() : saving_.fails(saved.error().message);
  return saved.has_value();
}

// In the order of their emission.
void Outbox::spill() {
  if (!spill_.is_open()) return;
  const auto store = [this]<class Event>(const Stamped<Event>& stamped) {
    if constexpr (std::is_same_v<Event, RunStartedEvent>) {
      // Told before whatever belongs to it.
      status_.counters.count_acknowledged();
      return true;
    } else {
      return save(stamped);
    }
  };
  while (backlog_.spill_one(store)) {
  }
}

void Outbox::give_up() {
  backlog_.give_up();
  tell_losses();
}

void Outbox::tell_losses() {
  std::uint64_t lost = 0;
  std::string latest;
  const auto look = [&](const EventCounters& counters) {
    counters.each_drop([&](Kind kind, DropReason reason, std::uint64_t count) {
      if (!is_result(kind) || protocol::is_on_purpose(reason)) return;
      lost += count;
      latest += (latest.empty() ? "" : ", ") + protocol::drop_key(name_of(kind), reason);
    });
  };
  look(status_.counters);
  lanes_.each([&](const Lane& lane) { look(lane.counters()); });
  if (lost <= results_lost_) return;
  results_.happened("lost for the showcase: " + latest, lost - std::exchange(results_lost_, lost));
}

void Outbox::begin() {
  told_.reset();
  seq_ = confirmed_ = 0;
  speak_up();
}

void Outbox::on_written() {
  if (event_in_flight_) status_.counters.count_sent();
  event_in_flight_ = false;
}

void Outbox::on_acknowledged(std::uint64_t received) {
  received = std::min(received, seq_);
  if (received > confirmed_) {
    confirmed_ = received;
    waiting_since_ = clock_.steady();
    round_trips_.acknowledged(received, waiting_since_);
  }
  backlog_.acknowledge(received);
  for (std::size_t own = spill_.acknowledge(received); own > 0; --own) {
    status_.counters.count_acknowledged();
  }
}

void Outbox::on_lost() {
  event_in_flight_ = false;
  seq_ = confirmed_ = 0;
  round_trips_.lost();
  backlog_.lost();
  spill_.lost();
}

template <class Message>
std::string Outbox::encoded(const Message& message) {
  const SteadyTime now = clock_.steady();
  const WallTime wall = clock_.wall();
  if (seq_ == confirmed_) waiting_since_ = now;
  double age = 0;  // since training emitted it, in seconds
  if constexpr (requires { message.emitted_at; }) age = unix_seconds(wall) - message.emitted_at;
  round_trips_.sent(++seq_, now, age);
  return protocol::encode(message, unix_seconds(wall), seq_);
}

std::optional<std::string> Outbox::next() {
  const Runs::const_reference latest = *runs_.rbegin();
  if (told_ && clock_.steady() >= next_heartbeat_) return heartbeat();
  if (status_.gate.stopped()) return told_ ? std::nullopt : std::optional(tell(latest));
  while (!spill_.empty()) {
    const std::optional<std::string> line = spill_.peek();
    if (!line) {
      saving_.happened(options_.spill_file + " cannot be read");
      break;
    }
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
                              .round_trip_ms = round_trips_.median_ms(clock_.steady()),
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
  const auto skip = [this](const std::string& why) {
    saving_.happened("skipped a line of " + options_.spill_file + ": " + why);
    spill_.take(0);
    return std::nullopt;
  };
  if (!spilled) return skip(spilled.error().message);
  return std::visit(
      [&]<class Message>(const Message& message) -> std::optional<std::string> {
        if constexpr (kIsSpilled<Message>) {
          const std::optional<double> in_memory = backlog_.next_emitted_at();
          if (in_memory && *in_memory < message.emitted_at) return std::nullopt;
          const Runs::const_reference run = run_of(message.emitted_at);
          if (!is_told(run)) return tell(run);
          event_in_flight_ = true;
          spill_.take(seq_ + 1);
          return encoded(message);
        } else {
          return skip("nothing that is saved");
        }
      },
      *spilled);
}

bool Outbox::is_flushed() const {
  if (event_in_flight_) return false;
  return status_.gate.stopped() || (backlog_.empty() && spill_.empty() && is_told(*runs_.rbegin()));
}

}  // namespace keisei::hook

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

/// What a line of the spill file may be, apart from a run, whose results follow.
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
      started_at_(unix_seconds(clock.wall())),
      runs_{{-std::numeric_limits<double>::infinity(), run_from(std::move(run))}},
      clock_(clock),
      lanes_(lanes),
      status_(status),
      backlog_(options.rooms, status.counters),
      spill_(options.spill_file, options.spill_bytes),
      saving_(notices.topic("spill_file", "saving results for the showcase")),
      saved_(notices.topic("saved_results", "results saved for the showcase")),
      results_(notices.topic("results", "finished games and evaluations")) {}

Outbox::Run Outbox::run_from(protocol::RunStarted message) {
  std::string line = protocol::encode(message, 0, 0);
  return {std::move(message), std::move(line)};
}

void Outbox::collect() {
  if (!std::exchange(looked_at_file_, true) && !options_.spill_file.empty() && !spill_.is_open()) {
    saving_.fails(spill_.problem());
  }
  lanes_.each([this](Lane& lane) { lane.drain([this](const auto& stamped) { take(stamped); }); });
}

template <HookEvent Event>
void Outbox::take(const Stamped<Event>& stamped) {
  if (!is_sound(stamped.event)) {
    return status_.counters.count_drop(kKindOf<Event>, DropReason::not_finite);
  }
  if constexpr (std::is_same_v<Event, RunStartedEvent>) remember(stamped);
  if constexpr (kIsResult<Event>) {
    // Newer than all that waits in memory: it is told in its turn.
    if (backlog_.is_full<Event>() && save(stamped)) return;
  }
  backlog_.add(stamped);
}

void Outbox::remember(const Stamped<RunStartedEvent>& began) {
  runs_.insert_or_assign(began.emitted_at, run_from(to_message(began.event)));
  if (runs_.size() > kMostRuns) runs_.erase(runs_.begin());
}

const Outbox::Run& Outbox::run_of(double emitted_at) const {
  const auto later = runs_.upper_bound(emitted_at);
  return later == runs_.begin() ? later->second : std::prev(later)->second;
}

// Without a line that tells, the file is of a time when none was written.
const Outbox::Run& Outbox::run_of_saved(double emitted_at) const {
  const auto later = saved_runs_.upper_bound(spill_.position());
  return later == saved_runs_.begin() ? run_of(emitted_at) : std::prev(later)->second;
}

std::string Outbox::tell(const Run& run) {
  told_ = run.line;
  return encoded(run.message);
}

// A line is a whole message, and the run stands before its results, so that another process can
// send them.
template <HookEvent Event>
bool Outbox::save(const Stamped<Event>& stamped) {
  if (!spill_.is_open()) return false;
  const Run& run = run_of(stamped.emitted_at);
  const std::string result =
      protocol::encode(to_message(stamped.event, run.message.run_id, stamped.emitted_at), 0, 0);
  const bool begins = saved_run_ != run.line;
  const Result<void> saved = spill_.append(begins ? run.line + '\n' + result : result);
  if (saved) saved_run_ = run.line;
  saved ? saving_.works() : saving_.fails(saved.error().message);
  return saved.has_value();
}

// In the order of their emission.
void Outbox::spill() {
  if (!spill_.is_open()) return;
  while (backlog_.spill_one([this](const auto& stamped) { return save(stamped); })) {
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
  told_.clear();
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
  if (spill_.bytes() == 0) {
    saved_runs_.clear();
    saved_run_.clear();
  }
  // The one that the first unconfirmed line belongs to is still needed.
  while (saved_runs_.size() > 1 && std::next(saved_runs_.begin())->first <= spill_.confirmed()) {
    saved_runs_.erase(saved_runs_.begin());
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
  const Run& latest = runs_.rbegin()->second;
  const bool is_first = told_.empty();
  if (!is_first && clock_.steady() >= next_heartbeat_) return heartbeat();
  if (status_.gate.stopped()) return is_first ? std::optional(tell(latest)) : std::nullopt;
  while (!spill_.empty()) {
    const std::size_t position = spill_.position();
    const std::optional<std::string> line = spill_.peek();
    if (!line) {
      saved_.happened(options_.spill_file + " cannot be read; what is left in it waits there");
      break;
    }
    if (std::optional<std::string> message = from_spill(*line)) return message;
    // Newer than what waits in memory; else it was taken by now.
    if (spill_.position() == position) break;
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
                              .sent_at = unix_seconds(clock_.wall()),
                              .hook_started_at = started_at_};
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
  const Run& run =
      run_of(begins ? std::nextafter(time, std::numeric_limits<double>::lowest()) : time);
  if (begins ? told_.empty() : !is_told(run)) return tell(run);
  event_in_flight_ = true;
  return std::visit(
      [&]<class Event>(const Stamped<Event>* stamped) {
        if constexpr (std::is_same_v<Event, RunStartedEvent>) {
          return tell(run_from(to_message(stamped->event)));
        } else {
          return encoded(to_message(stamped->event, run.message.run_id, stamped->emitted_at));
        }
      },
      backlog_.take(seq_ + 1));
}

std::optional<std::string> Outbox::from_spill(const std::string& line) {
  const Result<protocol::Telemetry> spilled = protocol::decode_telemetry(line);
  const auto skip = [this](const std::string& why) {
    saved_.happened("skipped a line of " + options_.spill_file + ": " + why);
    spill_.take(0);
    return std::nullopt;
  };
  if (!spilled) return skip(spilled.error().message);
  return std::visit(
      [&]<class Message>(const Message& message) -> std::optional<std::string> {
        if constexpr (std::is_same_v<Message, protocol::RunStarted>) {
          saved_runs_.insert_or_assign(spill_.position(), run_from(message));
          spill_.take(0);  // told before the first line that belongs to it
          return std::nullopt;
        } else if constexpr (kIsSpilled<Message>) {
          // Of the same instant a result goes last: after a new run, and after its game's last
          // move.
          const std::optional<double> in_memory = backlog_.next_emitted_at();
          if (in_memory && *in_memory <= message.emitted_at) return std::nullopt;
          const Run& run = run_of_saved(message.emitted_at);
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
  return status_.gate.stopped() ||
         (backlog_.empty() && spill_.empty() && is_told(runs_.rbegin()->second));
}

}  // namespace keisei::hook

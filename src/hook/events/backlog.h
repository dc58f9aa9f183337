#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <tuple>
#include <variant>

#include "hook/events/drop_counters.h"
#include "hook/events/events.h"

namespace keisei::hook {

/// An event with the time at which training handed it over, in seconds since the epoch.
template <class Event>
struct Stamped {
  double emitted_at;
  Event event;
};

template <class Event>
inline constexpr Kind kKindOf = Kind::metrics;
template <>
inline constexpr Kind kKindOf<RunStartedEvent> = Kind::run_started;
template <>
inline constexpr Kind kKindOf<GameFinishedEvent> = Kind::game_finished;
template <>
inline constexpr Kind kKindOf<EvaluationEvent> = Kind::evaluation;
template <>
inline constexpr Kind kKindOf<CheckpointEvent> = Kind::checkpoint;
template <>
inline constexpr Kind kKindOf<MoveEvent> = Kind::move;
template <>
inline constexpr Kind kKindOf<AttentionEvent> = Kind::attention;

/// An event of a backlog, valid until the backlog changes.
using Waiting = std::variant<const Stamped<RunStartedEvent>*, const Stamped<GameFinishedEvent>*,
                             const Stamped<EvaluationEvent>*, const Stamped<CheckpointEvent>*,
                             const Stamped<MetricsEvent>*, const Stamped<MoveEvent>*,
                             const Stamped<AttentionEvent>*>;

/// What is to be sent, and what was sent and is not confirmed yet, in bounded memory: at most
/// `limit` events of each kind; beyond that the oldest of the kind goes, counted. Events leave in
/// the order of their emission, whatever their kind. The publisher's; not thread-safe.
class Backlog {
 public:
  struct Limits {
    std::size_t games;
    std::size_t metrics;
    std::size_t moves;
    std::size_t attention;
    std::size_t rare = 32;  // each of run_started, evaluation, checkpoint
  };
  Backlog(Limits limits, EventCounters& counters) : limits_(limits), counters_(counters) {}

  template <class Event>
  void add(const Stamped<Event>& event);

  /// Whether nothing is left to be sent.
  bool empty() const;
  /// When the event was emitted that `take` would give.
  std::optional<double> next_emitted_at() const;
  /// The oldest event that was not sent; it now counts as sent in message `seq` (1 or higher,
  /// rising). Precondition: not empty.
  Waiting take(std::uint64_t seq);

  /// The showcase has all messages up to `seq`: their events are done with.
  void acknowledge(std::uint64_t seq);
  /// The connection is gone: what it did not acknowledge is to be sent again.
  void lost();
  /// Takes the oldest of the critical events (new runs, finished games, evaluations) if `store`
  /// takes it; returns whether it did. Precondition: nothing is sent and unconfirmed.
  template <class Store>
  bool spill_one(Store store);

  std::size_t size() const;
  /// Of the events alone.
  std::size_t bytes() const;

 private:
  template <class Event>
  struct Entry {
    Stamped<Event> stamped;
    std::uint64_t seq = 0;  // of its message, 0 while it is unsent
  };
  template <class Event>
  struct Queue {
    std::deque<Entry<Event>> entries;
    std::size_t sent = 0;                // how many of the first are sent and not confirmed
    std::deque<std::uint64_t> released;  // messages of sent ones that had to make room
  };
  template <class Event>
  Queue<Event>& queue() {
    return std::get<Queue<Event>>(queues_);
  }

  template <class Queues, class Consider>
  static void each(Queues& queues, Consider consider) {
    std::apply([&](auto&... queue) { (consider(queue), ...); }, queues);
  }
  std::optional<Kind> next_kind() const;
  std::size_t limit(Kind kind) const;
  template <class Event, class Store>
  bool spill_from(Store& store);

  Limits limits_;
  EventCounters& counters_;
  // Of events of the same instant the later in this list goes first.
  std::tuple<Queue<GameFinishedEvent>, Queue<EvaluationEvent>, Queue<CheckpointEvent>,
             Queue<MetricsEvent>, Queue<MoveEvent>, Queue<AttentionEvent>, Queue<RunStartedEvent>>
      queues_;
};

template <class Event, class Store>
bool Backlog::spill_from(Store& store) {
  auto& entries = queue<Event>().entries;
  if (!store(entries.front().stamped)) return false;
  entries.pop_front();
  return true;
}

template <class Store>
bool Backlog::spill_one(Store store) {
  constexpr double kNever = std::numeric_limits<double>::infinity();
  const auto oldest = []<class Event>(const Queue<Event>& queue) {
    return queue.entries.empty() ? kNever : queue.entries.front().stamped.emitted_at;
  };
  const double run = oldest(queue<RunStartedEvent>());
  const double game = oldest(queue<GameFinishedEvent>());
  const double evaluation = oldest(queue<EvaluationEvent>());
  if (std::min({run, game, evaluation}) == kNever) return false;
  if (run <= game && run <= evaluation) return spill_from<RunStartedEvent>(store);
  if (game <= evaluation) return spill_from<GameFinishedEvent>(store);
  return spill_from<EvaluationEvent>(store);
}

}  // namespace keisei::hook

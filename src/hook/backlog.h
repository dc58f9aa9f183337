#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <tuple>
#include <variant>

#include "hook/drop_counters.h"
#include "hook/events.h"

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
inline constexpr Kind kKindOf<GameFinishedEvent> = Kind::game_finished;
template <>
inline constexpr Kind kKindOf<MoveEvent> = Kind::move;
template <>
inline constexpr Kind kKindOf<AttentionEvent> = Kind::attention;

using Waiting = std::variant<Stamped<GameFinishedEvent>, Stamped<MetricsEvent>, Stamped<MoveEvent>,
                             Stamped<AttentionEvent>>;

/// What waits for a connection, in bounded memory: at most `limit` events of each kind; beyond that
/// the oldest of the kind goes, counted. Events leave in the order of their emission, whatever
/// their kind. The publisher's; not thread-safe.
class Backlog {
 public:
  struct Limits {
    std::size_t games;
    std::size_t metrics;
    std::size_t moves;
    std::size_t attention;
  };
  Backlog(Limits limits, EventCounters& counters) : limits_(limits), counters_(counters) {}

  template <class Event>
  void add(const Stamped<Event>& event);

  bool empty() const;
  /// Removes and returns the oldest event. Precondition: not empty.
  Waiting take();
  /// Returns an event that `take` gave and that could not be sent. May exceed the limit by one.
  void put_back(Waiting event);

 private:
  template <class Event>
  using Queue = std::deque<Stamped<Event>>;

  Kind oldest_kind() const;
  std::size_t limit(Kind kind) const;

  Limits limits_;
  EventCounters& counters_;
  std::tuple<Queue<GameFinishedEvent>, Queue<MetricsEvent>, Queue<MoveEvent>, Queue<AttentionEvent>>
      queues_;
};

}  // namespace keisei::hook

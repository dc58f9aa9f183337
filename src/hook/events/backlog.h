#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <optional>
#include <tuple>
#include <type_traits>
#include <variant>

#include "hook/events/event_counters.h"
#include "hook/events/event_list.h"

namespace keisei::hook {

/// What is saved when it cannot be sent. A new run is told before the first of its results.
template <HookEvent Event>
inline constexpr bool kIsResult =
    kRowOf<Event>.priority == Priority::critical && !std::is_same_v<Event, RunStartedEvent>;

template <class Event>
using ConstPointer = const Stamped<Event>*;
/// An event of a backlog, valid until the backlog changes.
using Waiting =
    boost::mp11::mp_rename<boost::mp11::mp_transform<ConstPointer, Events>, std::variant>;

/// What is to be sent, and what was sent and is not confirmed yet, in bounded memory: as many
/// events of each kind as it has room for; beyond that the oldest of the kind goes, counted. Events
/// leave in the order of their emission, whatever their kind. The publisher's; not thread-safe.
class Backlog {
 public:
  /// Of each kind, how many that were sent and had to make room are kept in mind. What a showcase
  /// leaves unconfirmed beyond them is counted as lost, for nobody will ever say that it arrived.
  static constexpr std::size_t kMostReleased = 10'000;

  Backlog(const Rooms& rooms, EventCounters& counters) : rooms_(rooms), counters_(counters) {}

  template <HookEvent Event>
  void add(const Stamped<Event>& event);

  /// Whether one more of the kind would drop the oldest.
  template <HookEvent Event>
  bool is_full() const {
    return std::get<Queue<Event>>(queues_).entries.size() >= rooms_.of<Event>().backlog;
  }
  /// It will never be sent: all of it is counted as lost and forgotten. Precondition: nothing is
  /// sent and unconfirmed.
  void give_up();

  /// Whether nothing is left to be sent.
  bool empty() const;
  /// Of which kind the event is that `take` would give, and when it was emitted.
  std::optional<Kind> next_kind() const;
  std::optional<double> next_emitted_at() const;
  /// The oldest event that was not sent; it now counts as sent in message `seq` (1 or higher,
  /// rising). Precondition: not empty.
  Waiting take(std::uint64_t seq);

  /// The showcase has all messages up to `seq`: their events are done with.
  void acknowledge(std::uint64_t seq);
  /// The connection is gone: what it did not acknowledge is to be sent again.
  void lost();
  /// Takes the oldest of the results if `store` takes it; returns whether it did.
  /// Precondition: nothing is sent and unconfirmed.
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
  /// Whose event goes next, of those for which `time_of(queue)` is not kNever.
  template <class TimeOf>
  std::optional<Kind> oldest(TimeOf time_of) const;

  static constexpr double kNever = std::numeric_limits<double>::infinity();

  Rooms rooms_;
  EventCounters& counters_;
  boost::mp11::mp_transform<Queue, Events> queues_;
};

template <class TimeOf>
std::optional<Kind> Backlog::oldest(TimeOf time_of) const {
  std::optional<Kind> oldest;
  double time = kNever;
  each(queues_, [&]<class Event>(const Queue<Event>& queue) {
    const double emitted_at = time_of(queue);
    if (emitted_at == kNever || emitted_at > time) return;
    time = emitted_at;
    oldest = kKindOf<Event>;
  });
  return oldest;
}

template <class Store>
bool Backlog::spill_one(Store store) {
  const auto kind = oldest([]<class Event>(const Queue<Event>& queue) {
    return !kIsResult<Event> || queue.entries.empty() ? kNever
                                                      : queue.entries.front().stamped.emitted_at;
  });
  bool stored = false;
  each(queues_, [&]<class Event>(Queue<Event>& queue) {
    if constexpr (kIsResult<Event>) {
      if (kind != kKindOf<Event>) return;
      stored = store(queue.entries.front().stamped);
      if (stored) queue.entries.pop_front();
    }
  });
  return stored;
}

}  // namespace keisei::hook

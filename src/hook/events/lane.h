#pragma once

#include <tuple>

#include "base/clock.h"
#include "base/spsc_ring.h"
#include "hook/events/event_counters.h"
#include "hook/events/event_list.h"
#include "hook/events/gate.h"

namespace keisei::hook {

/// The way from one producing thread to the publisher: a ring for each kind of event, and the
/// counters of that thread.
class Lane {
 public:
  Lane(const Rooms& rooms, const Gate& gate, const Clock& clock)
      : Lane(rooms, gate, clock, static_cast<Events*>(nullptr)) {}

  /// The producing thread's. Wait-free: no loop, no lock, no allocation, no system call but the
  /// clock's.
  template <HookEvent Event>
  void emit(const Event& event) noexcept {
    constexpr Kind kKind = kKindOf<Event>;
    counters_.count_emitted();
    if (const auto refused = gate_.refusal(kKind)) return counters_.count_drop(kKind, *refused);
    auto& ring = std::get<SpscRing<Stamped<Event>>>(rings_);
    Stamped<Event>* slot = ring.prepare();
    if (slot == nullptr) return counters_.count_drop(kKind, DropReason::ring_full);
    slot->emitted_at = unix_seconds(clock_.wall());
    slot->event = event;
    ring.publish();
  }

  /// The producing thread's.
  void leave_out(Kind kind) noexcept {
    counters_.count_emitted();
    counters_.count_drop(kind, gate_.refusal(kind).value_or(DropReason::measuring));
  }

  /// The publisher's: `take` gets every event there is, kind by kind.
  template <class Take>
  void drain(Take take) {
    const auto drain_ring = [&](auto& ring) {
      while (const auto* front = ring.front()) {
        take(*front);
        ring.pop();
      }
    };
    std::apply([&](auto&... rings) { (drain_ring(rings), ...); }, rings_);
  }

  const EventCounters& counters() const { return counters_; }

 private:
  template <class Event>
  using Ring = SpscRing<Stamped<Event>>;

  template <class... Event>
  Lane(const Rooms& rooms, const Gate& gate, const Clock& clock, std::tuple<Event...>*)
      : gate_(gate), clock_(clock), rings_(rooms.of<Event>().ring...) {}

  const Gate& gate_;
  const Clock& clock_;
  EventCounters counters_;
  boost::mp11::mp_transform<Ring, Events> rings_;
};

}  // namespace keisei::hook

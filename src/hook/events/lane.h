#pragma once

#include <tuple>

#include "base/clock.h"
#include "base/spsc_ring.h"
#include "hook/events/backlog.h"
#include "hook/events/drop_counters.h"
#include "hook/events/gate.h"
#include "hook/streaming_hook.h"

namespace keisei::hook {

/// The way from one producing thread to the publisher: a ring for each kind of event, and the
/// counters of that thread.
class Lane {
 public:
  Lane(const HookOptions& options, const Gate& gate, const Clock& clock)
      : gate_(gate),
        clock_(clock),
        rings_(kRareEvents, options.game_ring, kRareEvents, kRareEvents, options.metrics_ring,
               options.move_ring, options.attention_ring) {}

  /// The producing thread's. Wait-free: no loop, no lock, no allocation, no system call but the
  /// clock's.
  template <class Event>
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
  template <class... Events>
  using Rings = std::tuple<SpscRing<Stamped<Events>>...>;
  static constexpr std::size_t kRareEvents = 8;

  const Gate& gate_;
  const Clock& clock_;
  EventCounters counters_;
  Rings<RunStartedEvent, GameFinishedEvent, EvaluationEvent, CheckpointEvent, MetricsEvent,
        MoveEvent, AttentionEvent>
      rings_;
};

}  // namespace keisei::hook

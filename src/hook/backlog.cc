#include "hook/backlog.h"

#include <limits>
#include <new>
#include <type_traits>

namespace keisei::hook {

std::size_t Backlog::limit(Kind kind) const {
  switch (kind) {
    case Kind::game_finished:
      return limits_.games;
    case Kind::metrics:
      return limits_.metrics;
    case Kind::move:
      return limits_.moves;
    case Kind::attention:
      return limits_.attention;
  }
  return 0;
}

template <class Event>
void Backlog::add(const Stamped<Event>& event) {
  constexpr Kind kKind = kKindOf<Event>;
  auto& events = std::get<Queue<Event>>(queues_);
  if (events.size() >= limit(kKind)) {
    counters_.count_drop(kKind, DropReason::backlog_full);
    if (events.empty()) return;
    events.pop_front();
  }
  try {
    events.push_back(event);
  } catch (const std::bad_alloc&) {
    counters_.count_drop(kKind, DropReason::out_of_memory);
  }
}

template void Backlog::add(const Stamped<GameFinishedEvent>&);
template void Backlog::add(const Stamped<MetricsEvent>&);
template void Backlog::add(const Stamped<MoveEvent>&);
template void Backlog::add(const Stamped<AttentionEvent>&);

bool Backlog::empty() const {
  return std::apply([](const auto&... events) { return (events.empty() && ...); }, queues_);
}

Kind Backlog::oldest_kind() const {
  Kind oldest = Kind::game_finished;
  double time = std::numeric_limits<double>::infinity();
  // Of events of the same instant the less important goes first: a game's last move comes before
  // its result.
  const auto consider = [&]<class Event>(const Queue<Event>& events) {
    if (events.empty() || events.front().emitted_at > time) return;
    time = events.front().emitted_at;
    oldest = kKindOf<Event>;
  };
  std::apply([&](const auto&... events) { (consider(events), ...); }, queues_);
  return oldest;
}

Waiting Backlog::take() {
  const auto take_from = [this]<class Event>(std::type_identity<Event>) {
    auto& events = std::get<Queue<Event>>(queues_);
    const Waiting event = events.front();
    events.pop_front();
    return event;
  };
  switch (oldest_kind()) {
    case Kind::game_finished:
      return take_from(std::type_identity<GameFinishedEvent>{});
    case Kind::metrics:
      return take_from(std::type_identity<MetricsEvent>{});
    case Kind::move:
      return take_from(std::type_identity<MoveEvent>{});
    case Kind::attention:
      break;
  }
  return take_from(std::type_identity<AttentionEvent>{});
}

void Backlog::put_back(Waiting event) {
  std::visit(
      [this]<class Event>(const Stamped<Event>& stamped) {
        try {
          std::get<Queue<Event>>(queues_).push_front(stamped);
        } catch (const std::bad_alloc&) {
          counters_.count_drop(kKindOf<Event>, DropReason::out_of_memory);
        }
      },
      event);
}

}  // namespace keisei::hook

#include "hook/events/backlog.h"

#include <new>

namespace keisei::hook {

template <HookEvent Event>
void Backlog::add(const Stamped<Event>& event) {
  constexpr Kind kKind = kKindOf<Event>;
  auto& [entries, sent, released] = queue<Event>();
  try {
    if (entries.size() >= rooms_.of<Event>().backlog) {
      if (sent == 0) {
        counters_.count_drop(kKind, DropReason::backlog_full);
        if (entries.empty()) return;
      } else {
        // It may have arrived: only the end of the connection will tell.
        released.push_back(entries.front().seq);
        if (released.size() > kMostReleased) {
          released.pop_front();
          counters_.count_drop(kKind, DropReason::connection_lost);
        }
        --sent;
      }
      entries.pop_front();
    }
    entries.push_back({event});
  } catch (const std::bad_alloc&) {
    counters_.count_drop(kKind, DropReason::out_of_memory);
  }
}

namespace {

/// For every event of the list.
[[gnu::used]] const auto kAdds = []<class... Event>(std::tuple<Event...>*) {
  return std::tuple(&Backlog::add<Event>...);
}(static_cast<Events*>(nullptr));

}  // namespace

bool Backlog::empty() const { return !next_kind(); }

std::optional<Kind> Backlog::next_kind() const {
  return oldest([]<class Event>(const Queue<Event>& queue) {
    return queue.sent == queue.entries.size() ? kNever
                                              : queue.entries[queue.sent].stamped.emitted_at;
  });
}

std::optional<double> Backlog::next_emitted_at() const {
  std::optional<double> time;
  const auto kind = next_kind();
  each(queues_, [&]<class Event>(const Queue<Event>& queue) {
    if (kind == kKindOf<Event>) time = queue.entries[queue.sent].stamped.emitted_at;
  });
  return time;
}

Waiting Backlog::take(std::uint64_t seq) {
  Waiting result;
  const auto kind = next_kind();
  each(queues_, [&]<class Event>(Queue<Event>& queue) {
    if (kind != kKindOf<Event>) return;
    Entry<Event>& entry = queue.entries[queue.sent++];
    entry.seq = seq;
    result = &entry.stamped;
  });
  return result;
}

void Backlog::acknowledge(std::uint64_t seq) {
  each(queues_, [&]<class Event>(Queue<Event>& queue) {
    for (; !queue.released.empty() && queue.released.front() <= seq; queue.released.pop_front()) {
      counters_.count_acknowledged();
    }
    for (; queue.sent > 0 && queue.entries.front().seq <= seq; --queue.sent) {
      queue.entries.pop_front();
      counters_.count_acknowledged();
    }
  });
}

void Backlog::lost() {
  each(queues_, [&]<class Event>(Queue<Event>& queue) {
    queue.sent = 0;
    for (; !queue.released.empty(); queue.released.pop_front()) {
      counters_.count_drop(kKindOf<Event>, DropReason::connection_lost);
    }
  });
}

void Backlog::give_up() {
  each(queues_, [&]<class Event>(Queue<Event>& queue) {
    for (; !queue.entries.empty(); queue.entries.pop_front()) {
      counters_.count_drop(kKindOf<Event>, DropReason::ended);
    }
  });
}

std::size_t Backlog::size() const {
  std::size_t sum = 0;
  each(queues_, [&](const auto& queue) { sum += queue.entries.size() + queue.released.size(); });
  return sum;
}

std::size_t Backlog::bytes() const {
  std::size_t sum = 0;
  each(queues_, [&]<class Event>(const Queue<Event>& queue) {
    sum +=
        queue.entries.size() * sizeof(Entry<Event>) + queue.released.size() * sizeof(std::uint64_t);
  });
  return sum;
}

}  // namespace keisei::hook

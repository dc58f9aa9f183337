#include "hook/events/event_counters.h"

namespace keisei::hook {

std::uint64_t EventCounters::dropped() const noexcept {
  std::uint64_t sum = 0;
  for (const Counter& counter : dropped_) sum += counter.load(std::memory_order_relaxed);
  return sum;
}

void EventCounters::add_dropped_to(std::map<std::string, std::int64_t>& sums) const {
  each_drop([&](Kind kind, DropReason reason, std::uint64_t count) {
    sums[protocol::drop_key(name_of(kind), reason)] += static_cast<std::int64_t>(count);
  });
}

std::map<std::string, std::int64_t> EventCounters::dropped_by() const {
  std::map<std::string, std::int64_t> result;
  add_dropped_to(result);
  return result;
}

}  // namespace keisei::hook

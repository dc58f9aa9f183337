#include "hook/events/event_counters.h"

namespace keisei::hook {

std::uint64_t EventCounters::dropped() const noexcept {
  std::uint64_t sum = 0;
  for (const Counter& counter : dropped_) sum += counter.load(std::memory_order_relaxed);
  return sum;
}

void EventCounters::add_dropped_to(std::map<std::string, std::int64_t>& sums) const {
  for (std::size_t i = 0; i < dropped_.size(); ++i) {
    const std::uint64_t count = dropped_[i].load(std::memory_order_relaxed);
    if (count == 0) continue;
    const std::string_view kind = name_of(static_cast<Kind>(i / kDropReasons));
    const auto reason = static_cast<DropReason>(i % kDropReasons);
    sums[protocol::drop_key(kind, reason)] += static_cast<std::int64_t>(count);
  }
}

std::map<std::string, std::int64_t> EventCounters::dropped_by() const {
  std::map<std::string, std::int64_t> result;
  add_dropped_to(result);
  return result;
}

}  // namespace keisei::hook

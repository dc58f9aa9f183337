#include "hook/events/drop_counters.h"

#include <string_view>

namespace keisei::hook {
namespace {

constexpr std::array<std::string_view, kKinds> kKindNames = {
    "run_started", "game_finished", "evaluation", "checkpoint", "metrics", "move", "attention"};
constexpr std::array<std::string_view, kDropReasons> kReasonNames = {
    "ring_full",       "backlog_full", "not_finite", "out_of_memory",
    "connection_lost", "measuring",    "fallback",   "stopped"};

}  // namespace

std::uint64_t EventCounters::dropped() const noexcept {
  std::uint64_t sum = 0;
  for (const Counter& counter : dropped_) sum += counter.load(std::memory_order_relaxed);
  return sum;
}

void EventCounters::add_dropped_to(std::map<std::string, std::int64_t>& sums) const {
  for (std::size_t i = 0; i < dropped_.size(); ++i) {
    const std::uint64_t count = dropped_[i].load(std::memory_order_relaxed);
    if (count == 0) continue;
    std::string name(kKindNames[i / kDropReasons]);
    name += '/';
    name += kReasonNames[i % kDropReasons];
    sums[name] += static_cast<std::int64_t>(count);
  }
}

std::map<std::string, std::int64_t> EventCounters::dropped_by() const {
  std::map<std::string, std::int64_t> result;
  add_dropped_to(result);
  return result;
}

}  // namespace keisei::hook

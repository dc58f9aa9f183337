#include "hook/drop_counters.h"

#include <string_view>

namespace keisei::hook {
namespace {

constexpr std::array<std::string_view, kKinds> kKindNames = {"game_finished", "metrics", "move",
                                                             "attention"};
constexpr std::array<std::string_view, kDropReasons> kReasonNames = {"ring_full", "backlog_full",
                                                                     "not_finite", "out_of_memory"};

}  // namespace

std::uint64_t EventCounters::dropped() const noexcept {
  std::uint64_t sum = 0;
  for (const Counter& counter : dropped_) sum += counter.load(std::memory_order_relaxed);
  return sum;
}

std::map<std::string, std::int64_t> EventCounters::dropped_by() const {
  std::map<std::string, std::int64_t> result;
  for (std::size_t i = 0; i < dropped_.size(); ++i) {
    const std::uint64_t count = dropped_[i].load(std::memory_order_relaxed);
    if (count == 0) continue;
    std::string name(kKindNames[i / kDropReasons]);
    name += '/';
    name += kReasonNames[i % kDropReasons];
    result[name] = static_cast<std::int64_t>(count);
  }
  return result;
}

}  // namespace keisei::hook

#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <string>

#include "base/enum_names.h"
#include "hook/events/event_list.h"
#include "protocol/drop_reason.h"

namespace keisei::hook {

using protocol::DropReason;
inline constexpr std::size_t kDropReasons = kEnumerators<DropReason>;

/// Lost events by kind and reason, and emitted ones. Each counter is written by one thread, so that
/// counting costs a plain load and store; any thread may read. A producing thread has its own set,
/// the publisher has another: the truth is their sum.
class EventCounters {
 public:
  void count_emitted() noexcept { add(emitted_); }
  void count_sent() noexcept { add(sent_); }
  void count_acknowledged() noexcept { add(acknowledged_); }
  void count_drop(Kind kind, DropReason reason) noexcept { add(dropped_[index(kind, reason)]); }

  std::uint64_t emitted() const noexcept { return emitted_.load(std::memory_order_relaxed); }
  std::uint64_t sent() const noexcept { return sent_.load(std::memory_order_relaxed); }
  std::uint64_t acknowledged() const noexcept {
    return acknowledged_.load(std::memory_order_relaxed);
  }
  std::uint64_t dropped() const noexcept;
  /// `look(Kind, DropReason, std::uint64_t count)` for those that are not 0.
  template <class Look>
  void each_drop(Look look) const {
    for (std::size_t i = 0; i < dropped_.size(); ++i) {
      const std::uint64_t count = dropped_[i].load(std::memory_order_relaxed);
      if (count == 0) continue;
      look(static_cast<Kind>(i / kDropReasons), static_cast<DropReason>(i % kDropReasons), count);
    }
  }
  /// Adds those that are not 0, by "move/ring_full".
  void add_dropped_to(std::map<std::string, std::int64_t>& sums) const;
  std::map<std::string, std::int64_t> dropped_by() const;

 private:
  using Counter = std::atomic<std::uint64_t>;
  static std::size_t index(Kind kind, DropReason reason) noexcept {
    return static_cast<std::size_t>(kind) * kDropReasons + static_cast<std::size_t>(reason);
  }
  static void add(Counter& counter) noexcept {
    counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }

  Counter emitted_{0};
  Counter sent_{0};
  Counter acknowledged_{0};
  std::array<Counter, kKinds * kDropReasons> dropped_{};
};

}  // namespace keisei::hook

#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <string>

namespace keisei::hook {

/// In order of priority, highest first.
enum class Kind { game_finished, metrics, move, attention };
inline constexpr std::size_t kKinds = 4;

enum class DropReason {
  ring_full,     // the publisher did not keep up
  backlog_full,  // no connection for too long
  not_finite,    // a board map with NaN or infinity in it
  out_of_memory,
};
inline constexpr std::size_t kDropReasons = 4;

/// Lost events by kind and reason, and emitted ones. Each counter is written by one thread, so that
/// counting costs a plain load and store; any thread may read.
class EventCounters {
 public:
  void count_emitted() noexcept { add(emitted_); }
  void count_sent() noexcept { add(sent_); }
  void count_drop(Kind kind, DropReason reason) noexcept { add(dropped_[index(kind, reason)]); }

  std::uint64_t emitted() const noexcept { return emitted_.load(std::memory_order_relaxed); }
  std::uint64_t sent() const noexcept { return sent_.load(std::memory_order_relaxed); }
  std::uint64_t dropped() const noexcept;
  /// Those that are not 0, by "move/ring_full".
  std::map<std::string, std::int64_t> dropped_by() const;

 private:
  using Counter = std::atomic<std::uint64_t>;
  static std::size_t index(Kind kind, DropReason reason) noexcept {
    return static_cast<std::size_t>(kind) * kDropReasons + static_cast<std::size_t>(reason);
  }
  static void add(Counter& counter) noexcept {
    counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }

  Counter emitted_{0};                                    // producer
  alignas(64) Counter sent_{0};                           // publisher
  std::array<Counter, kKinds * kDropReasons> dropped_{};  // ring_full: producer; else publisher
};

}  // namespace keisei::hook

#pragma once

#include <atomic>
#include <bit>
#include <cstddef>
#include <type_traits>
#include <vector>

namespace keisei {

/// A bounded queue from one producing thread to one consuming thread.
///
/// Wait-free on both sides: no lock, no allocation, no system call, no retry loop. All memory is
/// allocated and touched at construction. Elements are filled and read in place, so a large one is
/// copied once in and never out:
///
///     if (T* slot = ring.prepare()) { *slot = …; ring.publish(); }     // producer
///     while (const T* front = ring.front()) { use(*front); ring.pop(); }  // consumer
///
/// A full ring refuses the newcomer (`prepare` is null); who loses what is the caller's policy.
template <class T>
class SpscRing {
  static_assert(std::is_trivially_copyable_v<T>,
                "an element may be overwritten without a destructor");

 public:
  /// Holds at least `capacity` elements (the next power of two).
  explicit SpscRing(std::size_t capacity)
      : slots_(std::bit_ceil(capacity)), mask_(slots_.size() - 1) {}
  SpscRing(const SpscRing&) = delete;
  SpscRing& operator=(const SpscRing&) = delete;

  std::size_t capacity() const noexcept { return slots_.size(); }

  /// Producer: the slot that `publish` will hand over, or null while the ring is full.
  T* prepare() noexcept {
    const std::size_t tail = tail_.load(std::memory_order_relaxed);
    if (tail - seen_head_ == slots_.size()) {
      seen_head_ = head_.load(std::memory_order_acquire);
      if (tail - seen_head_ == slots_.size()) return nullptr;
    }
    return &slots_[tail & mask_];
  }

  /// Producer, after a `prepare` that was not null.
  void publish() noexcept {
    tail_.store(tail_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }

  /// Consumer: the oldest element, or null when there is none. Valid until `pop`.
  const T* front() noexcept {
    const std::size_t head = head_.load(std::memory_order_relaxed);
    if (head == seen_tail_) {
      seen_tail_ = tail_.load(std::memory_order_acquire);
      if (head == seen_tail_) return nullptr;
    }
    return &slots_[head & mask_];
  }

  /// Consumer, after a `front` that was not null.
  void pop() noexcept {
    head_.store(head_.load(std::memory_order_relaxed) + 1, std::memory_order_release);
  }

 private:
  // Each side's counters lie in a cache line of their own. They count elements since construction
  // and may wrap around. `seen_…` is what a side last read of the other's counter.
  static constexpr std::size_t kCacheLine = 64;

  std::vector<T> slots_;
  std::size_t mask_;
  alignas(kCacheLine) std::atomic<std::size_t> tail_{0};
  std::size_t seen_head_ = 0;
  alignas(kCacheLine) std::atomic<std::size_t> head_{0};
  std::size_t seen_tail_ = 0;
};

}  // namespace keisei

#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <stdexcept>

#include "hook/events/emitter.h"
#include "hook/events/lane.h"

namespace keisei::hook {

/// The lanes of all producing threads. They are added under a lock, before their first use, and
/// never go; everyone else reads without one.
class Lanes {
 public:
  static constexpr std::size_t kMost = 64;

  Lanes(const Rooms& rooms, const Gate& gate, const Clock& clock)
      : rooms_(rooms), gate_(gate), clock_(clock) {}

  Lane& add() { return add_owner().lane; }
  Emitter& add_emitter() { return add_owner(); }

  /// Any thread: `visit` sees every lane there is.
  template <class Visit>
  void each(Visit visit) const {
    const std::size_t count = count_.load(std::memory_order_acquire);
    for (std::size_t i = 0; i < count; ++i) visit(lanes_[i]->lane);
  }

 private:
  struct Owner : Emitter {
    Owner(const Rooms& rooms, const Gate& gate, const Clock& clock)
        : Emitter(&lane), lane(rooms, gate, clock) {}
    Lane lane;
  };

  Owner& add_owner() {
    const std::lock_guard lock(mutex_);
    const std::size_t count = count_.load(std::memory_order_relaxed);
    if (count == lanes_.size()) throw std::length_error("too many emitters for one hook");
    lanes_[count] = std::make_unique<Owner>(rooms_, gate_, clock_);
    count_.store(count + 1, std::memory_order_release);
    return *lanes_[count];
  }

  const Rooms& rooms_;
  const Gate& gate_;
  const Clock& clock_;
  std::mutex mutex_;
  std::array<std::unique_ptr<Owner>, kMost> lanes_;
  std::atomic<std::size_t> count_{0};
};

}  // namespace keisei::hook

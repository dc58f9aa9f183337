#pragma once

#include <atomic>
#include <chrono>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/notices.h"

namespace keisei::studio {

/// Tells when something waits and nothing of it is done for too long. Thread-safe.
class Standstill {
 public:
  /// That long.
  static constexpr std::chrono::seconds kLongest{5};

  /// Both outlive it.
  Standstill(const Clock& clock, Topic& topic, std::string reason)
      : clock_(clock), topic_(topic), reason_(std::move(reason)), last_(clock.steady()) {}

  void look() {
    const SteadyTime now = clock_.steady();
    if (waiting_.load(std::memory_order_relaxed) == 0) {
      last_.store(now, std::memory_order_relaxed);
    } else if (now - last_.load(std::memory_order_relaxed) > kLongest) {
      topic_.fails(reason_);
    }
  }
  /// Something more waits.
  void begin() {
    look();
    waiting_.fetch_add(1, std::memory_order_relaxed);
  }
  void end() {
    last_.store(clock_.steady(), std::memory_order_relaxed);
    waiting_.fetch_sub(1, std::memory_order_relaxed);
    topic_.works();
  }

 private:
  const Clock& clock_;
  Topic& topic_;
  const std::string reason_;
  std::atomic<int> waiting_ = 0;
  std::atomic<SteadyTime> last_;  // when one was done, or none waited
};

}  // namespace keisei::studio

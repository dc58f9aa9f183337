#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

namespace keisei::redis {

/// How long to wait before the next attempt: up to twice as long each time, and never the same for
/// all who were cut off at once.
class Backoff {
 public:
  static constexpr std::chrono::milliseconds kLeast{50};
  static constexpr std::chrono::milliseconds kMost{2000};

  /// `random`: uniform in [0, 1).
  explicit Backoff(std::function<double()> random) : random_(std::move(random)) {}

  std::chrono::milliseconds next() {
    const auto spread = std::chrono::duration<double, std::milli>(ceiling_ - kLeast) * random_();
    ceiling_ = std::min(ceiling_ * 2, kMost);
    return kLeast + std::chrono::duration_cast<std::chrono::milliseconds>(spread);
  }
  void succeeded() { ceiling_ = 2 * kLeast; }

 private:
  std::function<double()> random_;
  std::chrono::milliseconds ceiling_ = 2 * kLeast;
};

}  // namespace keisei::redis

#pragma once

#include <chrono>
#include <string>
#include <utility>

#include "base/clock.h"
#include "broker/broker.h"

namespace keisei::edge {

/// Tells the studio how many viewers this edge has: changes at most once a second, and the same
/// number again every five.
class ViewerCount {
 public:
  ViewerCount(broker::EdgeSide& broker, const Clock& clock, std::string edge)
      : broker_(broker), clock_(clock), edge_(std::move(edge)) {}

  /// Call on every change and from time to time.
  void is(int viewers) {
    const SteadyTime now = clock_.steady();
    const auto interval = viewers == told_ ? std::chrono::seconds(5) : std::chrono::seconds(1);
    if (now - told_at_ < interval) return;
    told_ = viewers;
    told_at_ = now;
    broker_.submit(broker::ViewersCounted{edge_, viewers}, nullptr);
  }

 private:
  broker::EdgeSide& broker_;
  const Clock& clock_;
  std::string edge_;
  SteadyTime told_at_{};
  int told_ = -1;
};

}  // namespace keisei::edge

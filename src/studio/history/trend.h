#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>

#include "protocol/types.h"

namespace keisei::studio {

struct TrendPoint {
  std::int64_t update;
  double value;
};

/// The newest values of a metric: the window that its trend is seen in. Where a run was resumed
/// from an older update, what came after that update is forgotten.
class TrendWindow {
 public:
  static constexpr std::size_t kMost = 256;

  void add(std::int64_t update, double value);
  /// Oldest first.
  const std::deque<TrendPoint>& points() const { return points_; }

 private:
  std::deque<TrendPoint> points_;
};

/// Where a metric goes: how much it changes with an update, and the 99 % interval of that.
struct TrendEstimate {
  protocol::Trend trend = protocol::Trend::unknown;
  protocol::Number slope;  // unknown with the trend
  protocol::Number low;
  protocol::Number high;
};

/// Fewer values of training's own numbers are not enough for a trend; of separate measurements,
/// which do not hang together, a quarter of them are.
inline constexpr std::size_t kLeastUpdates = 64;
inline constexpr std::size_t kLeastMeasurements = 16;

/// Rising or falling if the slope's interval does not hold 0, steady if it does.
///
/// The values become 16 blocks, and each block its median, so that spikes move nothing; the slope
/// is that of a straight line through the medians. Training's numbers hang together from one update
/// to the next, which makes the usual standard error much too small. It is therefore estimated from
/// the medians' slow waves alone, six cosines without what const and line explain of them, with
/// Student's t at six degrees of freedom (Müller 2004; Lazarus, Lewis, Stock and Watson 2018:
/// equal-weighted cosines). Of flat series in which each value keeps up to 0.8 of what the one
/// before was off, at most 5 % are called rising or falling (trend_test.cc).
TrendEstimate trend_of(const std::deque<TrendPoint>& points, std::size_t least = kLeastUpdates);

}  // namespace keisei::studio

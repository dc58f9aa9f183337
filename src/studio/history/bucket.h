#pragma once

#include <algorithm>
#include <cstdint>

namespace keisei::studio {

/// A value, and between what it lies. What is counted and not estimated is its own interval.
struct Measurement {
  double value;
  double low;
  double high;

  static Measurement exact(double value) { return {value, value, value}; }
};

/// What was measured over some updates; no spike is lost in it. Empty: nothing was.
struct Bucket {
  double min = 0;
  double max = 0;
  double sum = 0;
  double last = 0;
  std::int64_t count = 0;

  bool empty() const { return count == 0; }
  /// Precondition: not empty.
  double mean() const { return sum / static_cast<double>(count); }

  void add(const Measurement& measured) {
    append({measured.low, measured.high, measured.value, measured.value, 1});
  }
  /// Takes in what was measured after it.
  void append(const Bucket& later) {
    if (later.empty()) return;
    min = empty() ? later.min : std::min(min, later.min);
    max = empty() ? later.max : std::max(max, later.max);
    sum += later.sum;
    last = later.last;
    count += later.count;
  }
};

}  // namespace keisei::studio

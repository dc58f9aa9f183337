#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "protocol/types.h"

namespace keisei::protocol {

/// Numbers that are drawn as a line and never read: on the wire two characters each, which is finer
/// than any screen. An object `{"from":…,"to":…,"points":"…"}`: each point is a number k of 0 to
/// 4095 in base 64 (RFC 4648, section 4, without padding), the high digit first, and stands for
/// from + k / 4095 * (to - from); ".." is an unknown one.
struct Series : std::vector<Number> {
  using std::vector<Number>::vector;
};

/// The ends of the scale: the least and the greatest known value, both 0 without any.
struct SeriesRange {
  double from = 0;
  double to = 0;
};
SeriesRange range_of(const Series& series);

std::string points_of(const Series& series, const SeriesRange& range);
/// Appends the points' numbers; false if `points` is malformed.
bool read_points(std::string_view points, const SeriesRange& range, Series& out);

}  // namespace keisei::protocol

#pragma once

#include <boost/describe/enum.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "protocol/messages.h"

namespace keisei::studio {

/// Where a training metric stands. `unknown`: nothing says so.
BOOST_DEFINE_ENUM_CLASS(Band, calm, working, watch, alarm, unknown)

struct BandRange {
  Band band;
  protocol::Health health;  // its colour and icon
  double below;             // the next one begins there; infinite for the last
  double margin;            // how far beyond that, up or down, the band before is kept
};

/// The bands of one metric, from the lowest values to the highest.
class BandScale {
 public:
  /// Precondition: at least one range, in rising order, the last without end.
  explicit BandScale(std::vector<BandRange> ranges) : ranges_(std::move(ranges)) {}

  Band band_of(protocol::Number position) const;
  /// The same with hysteresis: a band that was there is kept within the margins of its ends.
  Band settle(Band before, double position) const;
  /// Null for a band that the scale does not have.
  std::optional<protocol::Health> health_of(Band band) const;

 private:
  std::vector<BandRange> ranges_;
};

/// The clip fraction to expect if log ratios were normally distributed with this KL.
double expected_clip_fraction(double kl, double clip_epsilon);

}  // namespace keisei::studio

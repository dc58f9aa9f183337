#pragma once

#include <boost/describe/enum.hpp>
#include <vector>

#include "protocol/messages.h"

namespace keisei::studio {

/// Where a training metric stands. `unknown`: the trainer has not reported it.
BOOST_DEFINE_ENUM_CLASS(Band, calm, working, watch, alarm, unknown)

/// The colour role of a band: calm and working are healthy, watch is learning, alarm exploring.
/// The three names are the specification's; what they say to viewers stands in content/.
protocol::Health health_of(Band band);

/// The band of one metric over time. It changes only when `patience` updates in a row lie outside
/// it, so that a single noisy update is no news; it then becomes the band of the latest one.
class BandTracker {
 public:
  explicit BandTracker(int patience = 3) : patience_(patience) {}
  Band update(Band measured);
  Band band() const { return band_; }

 private:
  int patience_;
  Band band_ = Band::unknown;
  int outside_ = 0;
};

/// The cuts between bands. KL is measured in units of ε²/2, the step at which the typical log ratio
/// reaches the clip range ε; the others are shares. Sources: Spinning Up and CleanRL for KL, for
/// the clip fraction no primary source gives a band: these cuts follow from its relation to KL.
Band kl_band(protocol::Number kl, double clip_epsilon);
Band clip_band(protocol::Number clip_fraction);
Band exploration_band(protocol::Number normalised_entropy);
Band explained_variance_band(protocol::Number explained_variance);

/// The clip fraction to expect if log ratios were normally distributed with this KL.
double expected_clip_fraction(double kl, double clip_epsilon);

}  // namespace keisei::studio

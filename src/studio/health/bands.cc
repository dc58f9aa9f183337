#include "studio/health/bands.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace keisei::studio {

Band BandScale::band_of(protocol::Number position) const {
  if (!position) return Band::unknown;
  const auto found = std::find_if(ranges_.begin(), ranges_.end() - 1,
                                  [&](const BandRange& range) { return *position < range.below; });
  return found->band;
}

Band BandScale::settle(Band before, double position) const {
  double begin = -std::numeric_limits<double>::infinity();
  for (const BandRange& range : ranges_) {
    if (range.band == before && position >= begin && position < range.below + range.margin) {
      return before;
    }
    begin = range.below - range.margin;
  }
  return band_of(position);
}

std::optional<protocol::Health> BandScale::health_of(Band band) const {
  const auto found = std::find_if(ranges_.begin(), ranges_.end(),
                                  [&](const BandRange& range) { return range.band == band; });
  return found == ranges_.end() ? std::nullopt : std::optional(found->health);
}

double expected_clip_fraction(double kl, double clip_epsilon) {
  if (kl <= 0) return 0;
  // The log ratio's standard deviation is sqrt(2 KL); erfc wants it times sqrt(2).
  return std::erfc(clip_epsilon / (2 * std::sqrt(kl)));
}

}  // namespace keisei::studio

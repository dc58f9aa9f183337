#include "studio/history/share_estimate.h"

#include <algorithm>
#include <cmath>

namespace keisei::studio {

ShareEstimate share_of(double successes, double trials, double quantile) {
  const double square = quantile * quantile;
  const double share = successes / trials;
  const double centre = (share + square / (2 * trials)) / (1 + square / trials);
  const double half = quantile / (1 + square / trials) *
                      std::sqrt(share * (1 - share) / trials + square / (4 * trials * trials));
  // Of none and of all rounding would leave the ends a little outside.
  return {share, std::clamp(centre - half, 0.0, share), std::clamp(centre + half, share, 1.0)};
}

}  // namespace keisei::studio

#include "studio/history/share_estimate.h"

#include <algorithm>
#include <cmath>

namespace keisei::studio {

ShareEstimate share_of(double successes, double trials) {
  constexpr double kQuantile = 1.96;
  constexpr double kSquare = kQuantile * kQuantile;
  const double share = successes / trials;
  const double centre = (share + kSquare / (2 * trials)) / (1 + kSquare / trials);
  const double half = kQuantile / (1 + kSquare / trials) *
                      std::sqrt(share * (1 - share) / trials + kSquare / (4 * trials * trials));
  return {share, std::min(share, centre - half), std::max(share, centre + half)};
}

}  // namespace keisei::studio

#include "rl/evaluation/interval.h"

#include <cmath>

namespace keisei::rl {

Interval wilson_interval(double score, int games) {
  constexpr double z = 1.959964;
  const double n = games;
  const double center = (score + z * z / (2 * n)) / (1 + z * z / n);
  const double half =
      z / (1 + z * z / n) * std::sqrt(score * (1 - score) / n + z * z / (4 * n * n));
  return {center - half, center + half};
}

}  // namespace keisei::rl

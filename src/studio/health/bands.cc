#include "studio/health/bands.h"

#include <algorithm>
#include <cmath>

namespace keisei::studio {

using protocol::Health;
using protocol::Number;

Health health_of(Band band) {
  if (band == Band::watch) return Health::learning;
  return band == Band::alarm ? Health::exploring : Health::healthy;
}

Band BandTracker::update(Band measured) {
  if (measured == Band::unknown) return band_;
  if (band_ == Band::unknown || measured == band_) {
    band_ = measured;
    outside_ = 0;
  } else if (++outside_ >= patience_) {
    band_ = measured;
    outside_ = 0;
  }
  return band_;
}

Band kl_band(Number kl, double clip_epsilon) {
  if (!kl || clip_epsilon <= 0) return Band::unknown;
  const double share = *kl / (clip_epsilon * clip_epsilon / 2);
  if (share < 0.15) return Band::calm;
  if (share <= 1) return Band::working;
  return share <= 2.5 ? Band::watch : Band::alarm;
}

Band clip_band(Number clip_fraction) {
  if (!clip_fraction) return Band::unknown;
  if (*clip_fraction < 0.02) return Band::calm;
  if (*clip_fraction <= 0.20) return Band::working;
  return *clip_fraction <= 0.35 ? Band::watch : Band::alarm;
}

Band exploration_band(Number normalised_entropy) {
  if (!normalised_entropy) return Band::unknown;
  if (*normalised_entropy > 0.8) return Band::calm;
  if (*normalised_entropy >= 0.15) return Band::working;
  return *normalised_entropy >= 0.05 ? Band::watch : Band::alarm;
}

Band explained_variance_band(Number explained_variance) {
  if (!explained_variance) return Band::unknown;
  if (*explained_variance > 0.5) return Band::working;
  return *explained_variance >= 0 ? Band::watch : Band::alarm;
}

double expected_clip_fraction(double kl, double clip_epsilon) {
  if (kl <= 0) return 0;
  // The log ratio's standard deviation is sqrt(2 KL); erfc wants it times sqrt(2).
  return std::erfc(clip_epsilon / (2 * std::sqrt(kl)));
}

}  // namespace keisei::studio

#pragma once

#include <algorithm>
#include <chrono>
#include <utility>

#include "base/clock.h"

namespace keisei::http {

/// How often one sender may do something: so many times a second, in bursts of so many, and with
/// how many beyond that it is no longer a mistake.
struct RateLimitOptions {
  float per_second = 10;
  float burst = 20;
  float patience = 50;
};

/// A token bucket that can go into debt: whoever keeps trying is not served the sooner for it. The
/// debt ends where patience does, so that it is soon paid off once the trying stops.
class RateLimit {
 public:
  enum class Verdict {
    allowed,
    exceeded,  // for the first time: say so
    ignored,   // still: it has been told
    abusive,   // patience is exhausted
  };

  RateLimit(const RateLimitOptions& options, SteadyTime now)
      : options_(options), refilled_(now), tokens_(options.burst) {}

  /// Counts one try.
  Verdict take(SteadyTime now) {
    const float elapsed = std::chrono::duration<float>(now - refilled_).count();
    refilled_ = now;
    tokens_ = std::min(options_.burst, tokens_ + elapsed * options_.per_second) - 1;
    tokens_ = std::max(tokens_, -options_.patience - 1);
    if (tokens_ >= 0) {
      told_ = false;
      return Verdict::allowed;
    }
    if (tokens_ < -options_.patience) return Verdict::abusive;
    return std::exchange(told_, true) ? Verdict::ignored : Verdict::exceeded;
  }

 private:
  RateLimitOptions options_;
  SteadyTime refilled_;
  float tokens_;
  bool told_ = false;
};

}  // namespace keisei::http

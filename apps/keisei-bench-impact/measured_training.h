#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "hook/impact_estimate.h"
#include "hook/streaming_hook.h"
#include "rl/options.h"
#include "rl/trainer.h"

/// Training whose iterations are streamed or not by the toss of a coin: two of one sort, then two
/// of the other, is a trial. An iteration without streaming is one without a hook: nothing is
/// prepared, nothing is emitted, and the publisher sleeps longer.
class MeasuredTraining {
 public:
  /// The cpu preset with iterations short enough to be a window: one ply of `environments` games,
  /// and all epochs over it.
  MeasuredTraining(int environments, int threads);

  struct Result {
    keisei::hook::Impact impact;
    double window_ms;  // without streaming
    keisei::hook::HookCounters counters;
  };
  /// Measures for about so long. `ready` says when the scenario has begun, after which its first
  /// trials count; asked after each iteration, given up after 20 s.
  Result run(const std::string& url, const std::string& token_file, double attention_per_second,
             double seconds, const std::function<bool(const keisei::hook::StreamingHook&)>& ready);

 private:
  double iterate(keisei::rl::FeaturedObserver* observer);

  keisei::SystemClock clock_;
  keisei::rl::Options options_;
  keisei::rl::Trainer trainer_;
};

#pragma once

#include <array>
#include <functional>
#include <string>

#include "base/clock.h"
#include "hook/impact_estimate.h"
#include "hook/streaming_hook.h"
#include "rl/options.h"
#include "rl/trainer.h"

/// Two trainings from the same seed, one iteration of each at a time: they play and learn the same,
/// so both do the same work. One of the two, by the toss of a coin, is streamed; the other is
/// training without a hook: nothing is prepared, nothing is emitted, and the publisher sleeps
/// longer. Together they stream every ply of the featured games once.
class MeasuredTraining {
 public:
  /// The cpu preset with iterations short enough to be compared one by one: one ply of
  /// `environments` games, and all epochs over it.
  MeasuredTraining(int environments, int threads);

  struct Stream {
    std::string url;
    std::string token_file;
    double attention_per_second;
    int publisher_cpu;
  };
  struct Result {
    keisei::hook::Impact impact;      // on the time that passes
    keisei::hook::Impact cpu_impact;  // on the processor time of the thread that trains
    double window_ms;                 // of an iteration without streaming
    double waiting_pct;               // share of the time in which other threads had the processor
    keisei::hook::HookCounters counters;
  };
  /// Measures for about so long. `ready` says when the scenario has begun, after which its first
  /// trials count; asked after each iteration, given up after 20 s.
  Result run(const Stream& stream, double seconds,
             const std::function<bool(const keisei::hook::StreamingHook&)>& ready);

 private:
  void iterate(keisei::rl::Trainer& trainer, keisei::rl::FeaturedObserver* observer);
  void iterate_both(keisei::rl::FeaturedObserver* observer);

  keisei::SystemClock clock_;
  keisei::rl::Options options_;
  std::array<keisei::rl::Trainer, 2> twins_;
};

#pragma once

#include <array>
#include <functional>
#include <string>

#include "base/clock.h"
#include "hook/measuring/impact_estimate.h"
#include "hook/streaming_hook.h"
#include "rl/options.h"
#include "rl/run/trainer.h"

/// Two trainings from the same seed, one iteration of each at a time: they play and learn the same,
/// so both do the same work. One of the two, by the toss of a coin, is streamed; the other is
/// training without a hook: nothing is prepared, nothing is emitted, and the publisher sleeps
/// longer. Together they stream every ply of the featured games once.
///
/// What a streamed ply costs is told as a share of the time in which the preset as it is plays one
/// ply of all its games and learns from it. The trials themselves play fewer games, to be short
/// enough to be compared one by one; so plies and updates come many times as densely in them.
class MeasuredTraining {
 public:
  /// The cpu preset. Trials of one ply of `environments` games, and all epochs over it.
  MeasuredTraining(int environments, int threads);

  struct Stream {
    std::string url;
    std::string token_file;
    double attention_per_second;
    int publisher_cpu;
  };
  struct Result {
    keisei::hook::Impact impact;         // on the preset as it is
    keisei::hook::Impact window_impact;  // on the trials, with all their events
    double ply_ms;                       // of the preset, playing and learning, without streaming
    double window_ms;                    // of an iteration of a trial, without streaming
    double waiting_pct;  // share of the time in which other threads had the processor
    keisei::hook::HookCounters counters;
  };
  /// Measures for about so long. `ready` says when the scenario has begun, after which its first
  /// trials count; asked after each iteration, given up after 20 s.
  Result run(const Stream& stream, double seconds,
             const std::function<bool(const keisei::hook::StreamingHook&)>& ready);

 private:
  void iterate_both(keisei::rl::FeaturedObserver* observer);

  keisei::SystemClock clock_;
  keisei::rl::Options options_;
  double ply_s_;
  std::array<keisei::rl::Trainer, 2> twins_;
};

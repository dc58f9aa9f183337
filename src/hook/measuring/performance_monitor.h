#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "hook/measuring/impact_estimate.h"
#include "protocol/types.h"

namespace keisei::hook {

using protocol::StreamingStage;

struct MonitorOptions {
  /// Streaming falls back by one stage when it slows training down by more than this, with 95 %
  /// confidence; 0: it never does. It comes back when the interval lies below half of it.
  double limit_pct = 1;
  int window_steps = 4;  // the first of each is not timed: the publisher may still be busy
  std::size_t min_trials = 50;
  std::size_t kept_trials = 1000;  // the estimate is over the latest
  /// At least this long in a stage before going back up; doubles with each relapse up to
  /// `longest_wait`.
  std::chrono::seconds wait{60};
  std::chrono::seconds longest_wait{3600};
};

/// Measures what streaming costs while training runs, and decides how much to stream.
///
/// Training steps are grouped into windows; two neighbouring windows, one of them without streaming
/// by the toss of a coin, make a trial. Between the trials of a game that is not measured all steps
/// are streamed. What streaming adds to a step is told as a share of all training time, learning
/// and whatever else comes between steps included: outside of steps next to nothing is emitted, so
/// nothing is added there. Allocates at construction only, and every `kTrialsPerEstimate` trials
/// for the estimate. For one thread.
class PerformanceMonitor {
 public:
  static constexpr std::size_t kTrialsPerEstimate = 10;

  /// `random`: uniform in [0, 1). `clock` outlives the monitor.
  PerformanceMonitor(const MonitorOptions& options, const Clock& clock,
                     std::function<double()> random);

  /// A training step ends and the next one begins; whether that is to be streamed.
  bool begin_step();
  /// What comes next is no step. A trial under way is forgotten.
  void interrupt();
  /// Whether trials may be made from the next window on.
  void set_measuring(bool measuring) { measuring_ = measuring; }

  StreamingStage stage() const { return stage_; }
  /// Of the present stage; none until there are enough trials.
  const std::optional<Impact>& impact() const { return impact_; }

 private:
  void end_window();
  void begin_cycle();
  double training_s_per_step() const;
  void enter(StreamingStage stage);
  void review();

  MonitorOptions options_;
  const Clock& clock_;
  std::function<double()> random_;
  bool measuring_ = true;

  bool streaming_ = true;  // in this window
  int window_ = 0;         // 1 and 2 of a trial; 0: none is under way
  int steps_ = 0;          // of the window, begun
  SteadyTime timed_from_{};
  Trial trial_{};

  // A cycle: steps, and what comes between them and the next ones.
  bool between_steps_ = true;
  SteadyTime cycle_begin_{};
  std::int64_t cycle_steps_ = 0;
  double past_steps_ = 0;  // of earlier cycles, the older the less
  double past_s_ = 0;

  std::vector<Trial> trials_;  // a ring
  std::size_t next_trial_ = 0;
  std::size_t new_trials_ = 0;
  std::optional<Impact> impact_;

  StreamingStage stage_ = StreamingStage::full;
  bool recovering_ = false;  // came to this stage from below
  SteadyTime entered_;
  std::chrono::seconds wait_;
};

}  // namespace keisei::hook

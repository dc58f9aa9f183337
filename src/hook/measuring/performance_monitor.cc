#include "hook/measuring/performance_monitor.h"

#include <algorithm>
#include <new>
#include <utility>

namespace keisei::hook {
namespace {

constexpr double kCycleMemory = 0.9;

StreamingStage moved(StreamingStage stage, int by) {
  return static_cast<StreamingStage>(static_cast<int>(stage) + by);
}

}  // namespace

PerformanceMonitor::PerformanceMonitor(const MonitorOptions& options, const Clock& clock,
                                       std::function<double()> random)
    : options_(options),
      clock_(clock),
      random_(std::move(random)),
      entered_(clock.steady()),
      wait_(options.wait) {
  options_.window_steps = std::max(options_.window_steps, 2);
  options_.kept_trials = std::max(options_.kept_trials, options_.min_trials);
  trials_.reserve(options_.kept_trials);
}

bool PerformanceMonitor::begin_step() {
  if (between_steps_) begin_cycle();
  if (window_ > 0 && steps_ == options_.window_steps) end_window();
  ++cycle_steps_;
  if (window_ == 0 && measuring_) {
    window_ = 1;
    streaming_ = random_() < 0.5;
    steps_ = 0;
  }
  if (window_ == 0) return true;
  // Timed from the second step's beginning to the last one's end, which is the next one's
  // beginning.
  if (++steps_ == 2) timed_from_ = clock_.steady();
  return streaming_;
}

void PerformanceMonitor::begin_cycle() {
  const SteadyTime now = clock_.steady();
  if (cycle_steps_ > 0) {
    past_steps_ = kCycleMemory * past_steps_ + static_cast<double>(cycle_steps_);
    past_s_ = kCycleMemory * past_s_ + std::chrono::duration<double>(now - cycle_begin_).count();
  }
  between_steps_ = false;
  cycle_begin_ = now;
  cycle_steps_ = 0;
}

double PerformanceMonitor::training_s_per_step() const {
  if (past_steps_ > 0) return past_s_ / past_steps_;
  return std::chrono::duration<double>(clock_.steady() - cycle_begin_).count() /
         static_cast<double>(cycle_steps_);
}

void PerformanceMonitor::end_window() {
  const double step_s = std::chrono::duration<double>(clock_.steady() - timed_from_).count() /
                        (options_.window_steps - 1);
  (streaming_ ? trial_.on_s : trial_.off_s) = step_s;
  if (window_ == 1) {
    window_ = 2;
    streaming_ = !streaming_;
    steps_ = 0;
    return;
  }
  window_ = 0;
  streaming_ = true;
  if (trials_.size() < options_.kept_trials) {
    trials_.push_back(trial_);
  } else {
    trials_[next_trial_] = trial_;
    next_trial_ = (next_trial_ + 1) % trials_.size();
  }
  if (++new_trials_ >= kTrialsPerEstimate && trials_.size() >= options_.min_trials) {
    new_trials_ = 0;
    try {
      impact_ = estimate_impact(trials_, training_s_per_step());
    } catch (const std::bad_alloc&) {
      // Training goes on; the next estimate may find memory again.
    }
  }
  review();
}

void PerformanceMonitor::interrupt() {
  between_steps_ = true;
  window_ = 0;
  streaming_ = true;
  // A stage without steps of its own (off) is left by time alone.
  review();
}

void PerformanceMonitor::enter(StreamingStage stage) {
  const bool falls = stage > stage_;
  if (falls) {
    const bool relapse = recovering_ && clock_.steady() - entered_ < 10 * wait_;
    wait_ = relapse ? std::min(2 * wait_, options_.longest_wait) : options_.wait;
  }
  recovering_ = !falls;
  stage_ = stage;
  entered_ = clock_.steady();
  trials_.clear();
  next_trial_ = 0;
  new_trials_ = 0;
  impact_.reset();
}

void PerformanceMonitor::review() {
  if (options_.limit_pct <= 0) return;
  if (impact_ && impact_->low_pct > options_.limit_pct && stage_ != StreamingStage::off) {
    enter(moved(stage_, +1));
    return;
  }
  if (stage_ == StreamingStage::full || clock_.steady() - entered_ < wait_) return;
  // Nothing is streamed when it is off, so there is nothing to measure: only trying will tell.
  const bool cheap = impact_ && impact_->high_pct < options_.limit_pct / 2;
  if (!cheap && stage_ != StreamingStage::off) return;
  enter(moved(stage_, -1));
}

}  // namespace keisei::hook

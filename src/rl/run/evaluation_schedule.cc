#include "rl/run/evaluation_schedule.h"

#include <chrono>

#include "rl/run/checkpoint.h"

namespace keisei::rl {
namespace {

// What a folder has of a run that begins anew there is of another one.
std::int64_t latest_of(const Trainer& trainer) {
  return trainer.metrics().updates() > 0 ? trainer.metrics().updates() : kBeforeAny;
}

}  // namespace

EvaluationSchedule::EvaluationSchedule(const Options& options, const std::string& run_directory,
                                       const Trainer& trainer, const Clock& clock)
    : interval_s_(options.evaluation.interval_s),
      trainer_(trainer),
      clock_(clock),
      began_(clock.steady()),
      next_(began_),
      examiner_(options, run_directory + "/evaluation", latest_of(trainer)),
      thread_([this](const Snapshot& snapshot, const std::stop_token& stop) {
        return examiner_.evaluate(snapshot, stop);
      }) {}

std::vector<Evaluation> EvaluationSchedule::look() {
  if (clock_.steady() >= next_ && thread_.is_idle()) {
    next_ = clock_.steady() + std::chrono::duration_cast<SteadyTime::duration>(
                                  std::chrono::duration<double>(interval_s_));
    thread_.start({.update = trainer_.metrics().updates(),
                   .global_step = trainer_.metrics().global_timestep(),
                   .process_s = std::chrono::duration<double>(clock_.steady() - began_).count(),
                   .weights = trainer_.player().weights()});
  }
  return thread_.take();
}

}  // namespace keisei::rl

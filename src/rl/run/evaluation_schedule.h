#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "rl/evaluation/evaluation_thread.h"
#include "rl/evaluation/examiner.h"
#include "rl/run/trainer.h"

namespace keisei::rl {

/// Has the network evaluated at intervals, beside training.
class EvaluationSchedule {
 public:
  /// The first evaluation is due at once. Keeps its pool of earlier networks in
  /// `<run directory>/evaluation`. Trainer and clock outlive this object.
  EvaluationSchedule(const Options& options, const std::string& run_directory,
                     const Trainer& trainer, const Clock& clock);

  /// Starts one if it is due and none is going on; gives those that were finished since the last
  /// call. Costs a copy of the weights now and then.
  std::vector<Evaluation> look();

 private:
  double interval_s_;
  const Trainer& trainer_;
  const Clock& clock_;
  SteadyTime began_;
  SteadyTime next_;
  Examiner examiner_;
  EvaluationThread thread_;  // uses the examiner
};

}  // namespace keisei::rl

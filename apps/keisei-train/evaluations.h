#pragma once

#include <vector>

#include "base/clock.h"
#include "rl/evaluation/evaluation_thread.h"
#include "rl/run/trainer.h"

/// Has the network evaluated at intervals, beside training.
class Evaluations {
 public:
  /// The first evaluation is due at once. Keeps its pool of earlier networks in
  /// `<run directory>/evaluation`. Trainer and clock outlive this object.
  Evaluations(const keisei::rl::Options& options, const std::string& run_directory,
              const keisei::rl::Trainer& trainer, const keisei::Clock& clock);

  /// Starts one if it is due and none is going on; gives those that were finished since the last
  /// call. Costs a copy of the weights now and then.
  std::vector<keisei::rl::Evaluation> look();

 private:
  double interval_s_;
  const keisei::rl::Trainer& trainer_;
  const keisei::Clock& clock_;
  keisei::SteadyTime next_;
  keisei::rl::Examiner examiner_;
  keisei::rl::EvaluationThread thread_;  // uses the examiner
};

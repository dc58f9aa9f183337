#pragma once

#include <cstdint>

#include "rl/options.h"

namespace keisei::rl {

/// The learning rate over a run. `adaptive` needs no length of the run, so it suits one that never
/// ends: the rate falls while updates go further than the target KL divergence and rises again
/// while they fall short of it, between learning_rate_min and learning_rate.
class LearningRate {
 public:
  explicit LearningRate(const PpoOptions& options);

  double at(std::int64_t global_step) const;
  /// After an update that went this far; only `adaptive` listens.
  void adapt(double kl);

  double current() const { return current_; }
  void resume(double current) { current_ = current; }

 private:
  PpoOptions options_;
  double current_;
};

}  // namespace keisei::rl

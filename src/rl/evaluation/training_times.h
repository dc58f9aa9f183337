#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "rl/evaluation/hour_ago.h"

namespace keisei::rl {

/// When the networks of a run were frozen, by the time that it had trained, in a file,
/// `times.csv`. A run that is resumed goes on from the time of the last one; what it trained after
/// that, and the time in which it stood still, do not count.
class TrainingTimes {
 public:
  /// Reads what the folder has; networks beyond `latest_update` are of a future that was given up.
  TrainingTimes(const std::string& directory, std::int64_t latest_update);

  /// The time of the run, of that of this process.
  double of_run(double process_s) const { return before_s_ + process_s; }

  /// Oldest first. A network that is added again was frozen then.
  std::span<const Frozen> frozen() const { return frozen_; }
  /// None if nobody knows.
  std::optional<double> of(std::int64_t update) const;
  /// An error if it could not be written; it is known all the same.
  Result<void> add(const Frozen& one);

 private:
  void put(const Frozen& one);

  std::string path_;
  std::vector<Frozen> frozen_;
  double before_s_ = 0;
};

}  // namespace keisei::rl

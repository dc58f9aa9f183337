#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "rl/run/trainer.h"

namespace keisei::rl {

/// Writes checkpoints when they are due and deletes old ones.
class CheckpointSchedule {
 public:
  CheckpointSchedule(std::string directory, const CheckpointOptions& options, std::string run_id,
                     const Clock& clock);

  bool is_due() const;
  /// Gives the path. If it fails, those that are there stay as they are, and the next one is due an
  /// interval later.
  Result<std::string> save(const Trainer& trainer);

 private:
  std::string directory_;
  CheckpointOptions options_;
  std::string run_id_;
  const Clock& clock_;
  SteadyTime last_;
};

}  // namespace keisei::rl

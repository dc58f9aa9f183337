#pragma once

#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "rl/run/trainer.h"

/// Writes checkpoints when they are due and deletes old ones.
class Checkpoints {
 public:
  Checkpoints(std::string directory, const keisei::rl::CheckpointOptions& options,
              std::string run_id, const keisei::Clock& clock);

  bool is_due() const;
  /// If it fails, those that are there stay as they are, and the next one is due an interval later.
  keisei::Result<void> save(const keisei::rl::Trainer& trainer);

 private:
  std::string directory_;
  keisei::rl::CheckpointOptions options_;
  std::string run_id_;
  const keisei::Clock& clock_;
  keisei::SteadyTime last_;
};

/// The checkpoint to go on from, none for a new run. `resume` is empty, "auto" or a path. A damaged
/// one is never passed over in silence: the error names it, why, and the one before it.
keisei::Result<std::optional<keisei::rl::Checkpoint>> find_start(const std::string& resume,
                                                                 const std::string& directory);

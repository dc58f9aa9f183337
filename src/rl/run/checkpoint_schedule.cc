#include "rl/run/checkpoint_schedule.h"

#include <utility>

namespace keisei::rl {

CheckpointSchedule::CheckpointSchedule(std::string directory, const CheckpointOptions& options,
                                       std::string run_id, const Clock& clock)
    : directory_(std::move(directory)),
      options_(options),
      run_id_(std::move(run_id)),
      clock_(clock),
      last_(clock.steady()) {}

bool CheckpointSchedule::is_due() const {
  return std::chrono::duration<double>(clock_.steady() - last_).count() >= options_.interval_s;
}

Result<std::string> CheckpointSchedule::save(const Trainer& trainer) {
  last_ = clock_.steady();
  std::string path = checkpoint_path(directory_, trainer.metrics().updates());
  const Result<void> saved = save_checkpoint(path, trainer.checkpoint(run_id_));
  if (!saved) return tl::unexpected(saved.error());
  prune_checkpoints(directory_, options_.keep, path);
  return path;
}

}  // namespace keisei::rl

#include "checkpoints.h"

#include <optional>
#include <utility>

using namespace keisei;

Checkpoints::Checkpoints(std::string directory, const rl::CheckpointOptions& options,
                         std::string run_id, const Clock& clock)
    : directory_(std::move(directory)),
      options_(options),
      run_id_(std::move(run_id)),
      clock_(clock),
      last_(clock.steady()) {}

bool Checkpoints::is_due() const {
  return std::chrono::duration<double>(clock_.steady() - last_).count() >= options_.interval_s;
}

Result<void> Checkpoints::save(const rl::Trainer& trainer) {
  last_ = clock_.steady();
  const auto path = rl::checkpoint_path(directory_, trainer.metrics().updates());
  Result<void> saved = rl::save_checkpoint(path, trainer.checkpoint(run_id_));
  if (saved) rl::prune_checkpoints(directory_, options_.keep);
  return saved;
}

Result<std::optional<rl::Checkpoint>> find_start(const std::string& resume,
                                                 const std::string& directory) {
  if (resume.empty()) return std::nullopt;
  std::string path = resume, before;
  if (resume == "auto") {
    const auto paths = rl::find_checkpoints(directory);
    if (paths.empty()) return std::nullopt;
    path = paths.back();
    if (paths.size() > 1) before = paths[paths.size() - 2];
  }
  auto checkpoint = rl::load_checkpoint(path);
  if (checkpoint) return std::move(*checkpoint);
  return fail(
      checkpoint.error().message +
      (before.empty() ? std::string() : "; to go on from the one before: --resume " + before));
}

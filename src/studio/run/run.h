#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "protocol/messages.h"
#include "protocol/telemetry.h"
#include "studio/content/content.h"

namespace keisei::studio {

/// The training run that is shown: what it is, and how far it has come.
class Run {
 public:
  /// The same run told again, perhaps with another device or name.
  void resume(const protocol::RunStarted& run) { run_ = run; }
  void learn(const protocol::TrainerMetrics& metrics);
  void finish_game() { ++games_seen_; }
  void measure(const protocol::EvaluationFinished& evaluation) { evaluation_ = evaluation; }
  void keep(const protocol::CheckpointSaved& checkpoint) { checkpoint_ = checkpoint; }

  std::int64_t update() const { return update_; }
  /// Finished games of all environments, as far as they are known.
  std::int64_t games() const { return std::max(games_, games_seen_); }
  protocol::Number samples_per_s() const { return samples_per_s_; }
  const std::optional<protocol::EvaluationFinished>& evaluation() const { return evaluation_; }
  const std::optional<protocol::CheckpointSaved>& checkpoint() const { return checkpoint_; }
  /// None before the first trainer.
  std::optional<protocol::RunView> view(const Content& content, protocol::Level level,
                                        protocol::Language language) const;
  static Keys keys();

 private:
  std::optional<protocol::RunStarted> run_;
  std::int64_t update_ = 0;
  std::int64_t games_ = 0;
  std::int64_t games_seen_ = 0;  // of the featured environment, a lower bound
  protocol::Number samples_per_s_;
  std::optional<protocol::EvaluationFinished> evaluation_;
  std::optional<protocol::CheckpointSaved> checkpoint_;
};

}  // namespace keisei::studio

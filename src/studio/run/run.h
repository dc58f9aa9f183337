#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include "protocol/messages.h"
#include "protocol/telemetry.h"
#include "store/run_memory.h"
#include "studio/content/content.h"

namespace keisei::studio {

/// The training run that is shown: what it is, and how far it has come.
class Run {
 public:
  /// What it is; may be told again, perhaps with another device or name.
  void introduce(const protocol::RunStarted& run) { run_ = run; }
  void learn(const protocol::TrainerMetrics& metrics);
  /// How far it had come, as it is kept; how fast it is now, nobody knows yet.
  void remember(const store::RunMemory& memory);
  void finish_game() { ++games_seen_; }

  std::int64_t update() const { return update_; }
  /// Finished games of all environments, as far as they are known.
  std::int64_t games() const { return std::max(games_, games_seen_); }
  protocol::Number samples_per_s() const { return samples_per_s_; }
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
};

}  // namespace keisei::studio

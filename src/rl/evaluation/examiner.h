#pragma once

#include <cstdint>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/thread_check.h"
#include "rl/evaluation/evaluation.h"
#include "rl/evaluation/match_table.h"
#include "rl/evaluation/skill_probes.h"
#include "rl/evaluation/snapshot_pool.h"
#include "rl/evaluation/training_times.h"
#include "rl/network/player.h"
#include "rl/options.h"
#include "rl/worker_pool.h"

namespace keisei::rl {

/// Lets networks play against players that never learn and against earlier ones, rates all of them
/// on one scale, and asks them the fixed questions of the skill suites. The random mover is met
/// every time; with two opponents or more the last is one of the other anchors, in turn. Uses
/// nothing of the trainer: what it needs of a network comes as bytes. One thread examines.
class Examiner {
 public:
  /// Keeps its pool in `directory`. What it finds there of networks beyond `latest_update` belongs
  /// to a future that was given up.
  Examiner(const Options& options, const std::string& directory, std::int64_t latest_update);

  /// None if it was asked to stop on the way, or if the weights are no network of these options.
  std::optional<Evaluation> evaluate(const Snapshot& snapshot, const std::stop_token& stop = {});

 private:
  void play_anchor(Evaluation& evaluation, const Player& player, Anchor anchor, int games,
                   const std::stop_token& stop);
  void play_past(Evaluation& evaluation, const Player& player, const std::stop_token& stop);
  std::vector<Frozen> frozen() const;
  Result<void> keep(const Snapshot& snapshot);
  void note(Evaluation& evaluation, const Result<void>& done);

  ThreadChecker thread_;
  Options options_;
  WorkerPool pool_;  // of this thread alone
  SnapshotPool past_;
  TrainingTimes times_;
  MatchTable matches_;
  std::vector<SkillSuite> suites_;      // made when first needed
  std::vector<Pairing> among_anchors_;  // played when first needed
};

}  // namespace keisei::rl

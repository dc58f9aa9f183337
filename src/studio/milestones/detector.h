#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "shogi/insight/castles.h"
#include "store/run_memory.h"
#include "studio/milestones/ladder.h"
#include "studio/milestones/milestone.h"
#include "studio/milestones/played_game.h"
#include "studio/milestones/record.h"
#include "studio/milestones/strength_rules.h"
#include "studio/milestones/swing_watch.h"

namespace keisei::studio {

/// Finds what a run reaches, each milestone once: by docs/milestones.md. Knows of a run that goes
/// on what was kept of it, and goes on as if it had never stopped.
class MilestoneDetector {
 public:
  /// A run reaches no more: firsts, steps and records are some hundreds, and each proven progress
  /// is 100 Elo.
  static constexpr std::size_t kMostMilestones = 2'000;

  /// `castles` outlive it.
  explicit MilestoneDetector(const shogi::Castles& castles) : castles_(&castles) {}

  /// Another run; null if nothing is known of it.
  void begin(const store::RunMemory* memory);

  void hear(const protocol::MovePlayed& played);
  // What has been reached.
  std::vector<Milestone> hear(const protocol::GameFinished& finished);
  std::vector<Milestone> hear(const protocol::TrainerMetrics& metrics);
  std::vector<Milestone> hear(const protocol::EvaluationFinished& evaluation);

 private:
  bool is_known(protocol::MilestoneKind kind, std::string_view detail = {}) const;
  std::vector<Milestone> firsts(const PlayedGame& game) const;
  std::vector<Milestone> records(const PlayedGame& game);
  std::vector<Milestone> counts(const protocol::TrainerMetrics& metrics);
  void recall_milestones(const store::RunMemory& memory);
  void recall_games(const store::RunMemory& memory);
  void count(std::int64_t number);
  std::vector<Milestone> only_new(std::vector<Milestone> found);

  const shogi::Castles* castles_;
  std::set<std::string> known_;  // keys; of what is kept of a run, all
  bool is_whole_ = true;         // every game was seen, from the first on
  std::int64_t number_ = 0;      // of the latest game
  Ladder games_{one_and_five_from_100};
  Ladder updates_{one_and_five};
  StrengthRules strength_;
  Record longest_ = longest_record();
  Record shortest_ = shortest_record();
  Record swing_ = swing_record();
  SwingWatch thoughts_;
};

}  // namespace keisei::studio

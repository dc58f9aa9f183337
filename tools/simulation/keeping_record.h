#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "protocol/codec.h"
#include "simulation/judge.h"
#include "store/entries.h"
#include "store/run_memory.h"

namespace keisei::simulation {

/// What the store has written, to be held against what it remembers after a restart, against what
/// trainers may forget and against what viewers are told. Games, evaluations, updates and
/// milestones; not moves and checkpoints.
class KeepingRecord {
 public:
  /// `judge` outlives it.
  explicit KeepingRecord(Judge& judge) : judge_(judge) {}

  /// The store was killed while it wrote these.
  void begun(std::span<const store::Entry> entries);
  /// The store has these on its disk, or it could not write them and they are lost.
  void written(std::span<const store::Entry> entries, bool kept);
  /// Of what was written until now, what was not promised may be gone.
  void power_was_lost();
  /// Whatever was kept of the run must be in its memory, which may be null. More may be there.
  void compare(const std::string& run_id, const store::RunMemory* memory);
  /// The studio has taken this, or a trainer was told that it has arrived. What it is is known by
  /// its text.
  void acknowledged(const std::string& run_id, const protocol::Telemetry& told);
  /// Whether it was written, or lost for want of a disk. What no store keeps never is.
  bool has(const std::string& run_id, const protocol::Telemetry& told) const;
  /// Viewers are told that this was reached and is kept.
  void shown(const protocol::MilestoneView& milestone);

  const std::set<std::string>& runs() const { return runs_; }
  std::size_t kept() const { return kept_count_; }
  std::size_t lost() const { return lost_count_; }

 private:
  struct Kept {
    bool is_promised;
    bool may_be_gone = false;
  };
  using Names = std::map<std::string, Kept>;
  struct Reached {
    std::string run_id;
    std::string key;
    std::int64_t update;
    double at;
    bool is_shown = false;
  };

  void reached(const store::KeptMilestone& milestone);
  void check_games_before(const store::KeptMilestone& milestone);
  void compare(Names& expected, const std::set<std::string>& found, const std::string& run_id);

  Judge& judge_;
  std::map<std::string, Names> kept_;                    // by run
  std::set<std::string> dealt_with_;                     // kept or not
  std::map<std::string, std::set<std::int64_t>> games_;  // numbers of those that were heard, by run
  std::vector<Reached> milestones_;
  std::set<std::string> runs_;
  std::size_t kept_count_ = 0;
  std::size_t lost_count_ = 0;
};

}  // namespace keisei::simulation

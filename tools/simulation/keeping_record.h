#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>

#include "protocol/codec.h"
#include "simulation/judge.h"
#include "store/entries.h"
#include "store/run_memory.h"

namespace keisei::simulation {

/// What the store has answered for, to be held against what it remembers after a restart and
/// against what trainers were told has arrived. Games, evaluations and updates; not moves.
class KeepingRecord {
 public:
  /// `judge` outlives it.
  explicit KeepingRecord(Judge& judge) : judge_(judge) {}

  /// The store's answer for what the studio handed over.
  void answered(std::span<const store::Entry> entries, bool kept);
  /// Of what was kept, what was not promised may be gone.
  void power_was_lost() { may_lack_unpromised_ = true; }
  /// Whatever was kept of the run must be in its memory, which may be null.
  void compare(const std::string& run_id, const store::RunMemory* memory);
  /// A trainer was told that this has arrived. What it was is known by its text.
  void acknowledged(const std::string& run_id, const protocol::Telemetry& told);

  const std::set<std::string>& runs() const { return runs_; }
  std::size_t kept() const { return kept_count_; }
  std::size_t lost() const { return lost_count_; }

 private:
  struct Kept {
    bool is_promised;
  };
  using Names = std::map<std::string, Kept>;

  void compare(Names& expected, const std::set<std::string>& found, const std::string& run_id);

  Judge& judge_;
  std::map<std::string, Names> kept_;  // by run
  std::set<std::string> answered_;     // kept or not
  std::set<std::string> milestones_;
  std::set<std::string> runs_;
  std::size_t kept_count_ = 0;
  std::size_t lost_count_ = 0;
  bool may_lack_unpromised_ = false;
};

}  // namespace keisei::simulation

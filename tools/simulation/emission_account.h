#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "hook/events/lanes.h"
#include "hook/events/to_message.h"
#include "hook/hook_status.h"
#include "protocol/codec.h"
#include "simulation/keeping_record.h"

namespace keisei::simulation {

/// What one training process has handed to its hook of what a showcase keeps: games, evaluations
/// and updates. What has not arrived of it must be counted as dropped.
class EmissionAccount {
 public:
  /// `clock`: the hook's; outlives it.
  EmissionAccount(std::string run_id, const Clock& clock)
      : run_id_(std::move(run_id)), clock_(clock) {}

  /// To be called when it is emitted.
  template <hook::HookEvent Event>
  void add(const Event& event) {
    emitted_.push_back(
        {clock_.steady(), hook::to_message(event, run_id_, unix_seconds(clock_.wall()))});
  }
  /// The hook's counters, when nothing more is dropped.
  void count_drops(const hook::HookStatus& status, const hook::Lanes& lanes);

  /// What is wrong with what was emitted until then; empty if nothing is.
  std::string wrong_in(const KeepingRecord& record, SteadyTime until) const;
  /// Of the newest update that was emitted until then; 0 if there was none.
  std::int64_t update_at(SteadyTime until) const;

 private:
  struct Emitted {
    SteadyTime when;
    protocol::Telemetry what;
  };

  const std::string run_id_;
  const Clock& clock_;
  std::vector<Emitted> emitted_;
  std::uint64_t dropped_ = 0;
};

/// What is wrong with a hook's counters of all events, of which so many wait to be confirmed; empty
/// if nothing is.
std::string wrong_in(const hook::HookStatus& status, const hook::Lanes& lanes,
                     std::uint64_t waiting);

}  // namespace keisei::simulation

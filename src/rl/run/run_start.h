#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "rl/ppo/process_group.h"
#include "rl/run/checkpoint.h"

/// Where a run begins.
namespace keisei::rl {

/// "20250131-154500-1a2b3c4d": when it began, and what tells it from another of that second.
std::string new_run_id(const Clock& clock);

/// Where a run goes on.
struct Start {
  std::optional<Checkpoint> checkpoint;  // none: a new run
  std::vector<std::string> damaged;      // newer checkpoints that were passed over, and why
};
/// `resume` is empty, "auto" or the path of a checkpoint. "auto" is the newest sound one, if there
/// is any checkpoint; of a group the newest that all processes have: all of them call this, with
/// directories of their own. An error where one was asked for and cannot be read, or none of
/// several is sound: to begin anew is then the user's decision.
Result<Start> find_start(const std::string& resume, const std::string& directory,
                         ProcessGroup* group = nullptr);

/// What an older program told of the run and cannot be compared with what this one will tell, in a
/// line each. `directory`: of its logs.
std::vector<std::string> changed_figures(const Checkpoint& checkpoint,
                                         const std::string& directory);

/// All processes of a group must go on from the same update; an error if they do not.
Result<void> agree_on_start(ProcessGroup& group, std::int64_t updates);

}  // namespace keisei::rl

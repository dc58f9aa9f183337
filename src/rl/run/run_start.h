#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "rl/ppo/process_group.h"
#include "rl/run/checkpoint.h"

/// Where a run begins.
namespace keisei::rl {

/// "20250131-154500-1a2b3c4d": when it began, and what tells it from another of that second.
std::string new_run_id(const Clock& clock);

/// The checkpoint to go on from, none for a new run. `resume` is empty, "auto" or a path. A damaged
/// one is never passed over in silence: the error names it, why, and the one before it.
Result<std::optional<Checkpoint>> find_start(const std::string& resume,
                                             const std::string& directory);

/// All processes of a group must go on from the same update; an error if they do not.
Result<void> agree_on_start(ProcessGroup& group, std::int64_t updates);

}  // namespace keisei::rl

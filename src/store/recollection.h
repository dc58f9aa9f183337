#pragma once

#include <optional>
#include <string>

#include "store/run_memory.h"

namespace keisei::store {

/// What is kept of a run, or of the one that was heard of last; null if there is none. Reads
/// through a connection of its own, which cannot write. The file is open for writing elsewhere.
RecalledRun recollect(const std::string& path, const std::optional<std::string>& run_id);

}  // namespace keisei::store

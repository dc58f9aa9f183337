#pragma once

#include <string>

#include "base/result.h"

namespace keisei::store {

/// Renames a file that is on the disk; when it returns, the name is there, too.
Result<void> rename_durably(const std::string& from, const std::string& to);

}  // namespace keisei::store

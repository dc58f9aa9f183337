#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace keisei::rl {

/// Writes to a temporary file, syncs and renames: the path holds either what it held before or all
/// of the new bytes, whatever happens. An error says why; nothing is left behind then.
Result<void> write_atomically(const std::string& path, std::string_view bytes);

/// The whole file.
Result<std::string> read_whole(const std::string& path);

}  // namespace keisei::rl

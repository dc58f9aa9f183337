#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace keisei {

/// The whole file.
Result<std::string> read_file(const std::string& path);

/// Renames a file that is on the disk; when it returns, its new name is, too.
Result<void> rename_durably(const std::string& from, const std::string& to);

/// Writes to a temporary file beside it, syncs and renames: the path holds either what it held
/// before or all of the new bytes, whatever happens; when it returns, the new bytes. An error says
/// why; nothing is left behind then.
Result<void> write_atomically(const std::string& path, std::string_view bytes);

}  // namespace keisei

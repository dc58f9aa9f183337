#pragma once

#include <string>

#include "base/result.h"

namespace keisei::hook {

/// The token in the first line of a file; the error says what is wrong with the file. Never waits,
/// whatever the path leads to.
Result<std::string> read_token(const std::string& path);

}  // namespace keisei::hook

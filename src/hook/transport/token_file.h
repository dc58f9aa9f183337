#pragma once

#include <string>

#include "base/result.h"

namespace keisei::hook {

/// The token that a trainer shows, from the file's one line; the error says what is wrong with the
/// file. Whose file it is, and who else may read it, is the showcase's to judge: here it may be a
/// copy. Never waits, whatever the path leads to.
Result<std::string> read_trainers_token(const std::string& path);

}  // namespace keisei::hook

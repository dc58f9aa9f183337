#pragma once

#include <string>

#include "base/result.h"

namespace keisei::store {

/// Writes the store's database to `file`, where nothing may be yet. While a show keeps itself
/// there, it is asked to, so that nobody else opens what it writes: the call waits for that.
Result<void> back_up(const std::string& store, const std::string& file);

/// Puts a backup in the store's place. What was there goes to `<store>.replaced`, which is
/// returned; nothing if nothing was there. Refused while a show keeps itself there, if the file is
/// no good, and if what an earlier one replaced is still there.
Result<std::string> restore(const std::string& store, const std::string& file);

}  // namespace keisei::store

#pragma once

#include <cstddef>
#include <string>

#include "base/result.h"
#include "recording/reader.h"

namespace keisei::recording {

struct Packed {
  std::size_t bytes;  // of the new file
  Ending ending;      // of the old one
};

/// Writes the same turns into a new file, as small as they get: with more patience than a show has
/// that is on. The old file stays as it is; of a damaged one, what can be read of it is written.
/// Fails with `unavailable` if there is a new file already.
Result<Packed> pack(const std::string& from, const std::string& to);

}  // namespace keisei::recording

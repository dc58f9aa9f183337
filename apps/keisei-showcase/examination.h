#pragma once

#include "options.h"

namespace keisei {

/// `keisei-showcase doctor`: prints what stands in a show's way; the process's exit code, 1 if
/// anything fails.
int examine(const ShowcaseOptions& options);

}  // namespace keisei

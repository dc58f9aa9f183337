#pragma once

#include "options.h"

namespace keisei {

/// Shows until it is told to stop; the process's exit code.
int show(const ShowcaseOptions& options);

}  // namespace keisei

#pragma once

#include "options.h"

namespace keisei {

/// `keisei-showcase frames FILE`: prints what the recording shows, as its viewers got it; the
/// process's exit code, 1 if the recording is damaged.
int print_frames(const ShowcaseOptions& options);

}  // namespace keisei

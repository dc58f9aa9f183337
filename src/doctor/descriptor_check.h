#pragma once

#include <sys/resource.h>

#include <cstddef>

#include "doctor/finding.h"

namespace keisei::doctor {

/// Whether a show of so many viewers may open as many descriptors as it needs: one for each viewer,
/// and some for the trainer, the operator, files and whoever is turned away. `most` is the hard
/// limit, up to which the showcase raises its own.
Finding check_descriptors(rlim_t most, std::size_t max_viewers);

}  // namespace keisei::doctor

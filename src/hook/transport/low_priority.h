#pragma once

#include "hook/streaming_hook.h"

namespace keisei::hook {

/// Lowers the calling thread's priority as far as the system lets it.
void lower_priority(PublisherPriority priority);

/// Keeps the calling thread on one processor, if there is such a one.
void stay_on(int cpu);

}  // namespace keisei::hook

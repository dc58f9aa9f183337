#pragma once

#include "base/result.h"
#include "binding/keisei_hook.h"
#include "hook/events/events.h"

namespace keisei::binding {

/// The run of a caller's struct, checked.
Result<hook::RunStartedEvent> to_event(const keisei_hook_run* run);

}  // namespace keisei::binding

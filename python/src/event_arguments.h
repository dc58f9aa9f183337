#pragma once

#include "call_arguments.h"
#include "hook/events/events.h"

/// From the arguments of emit_move and emit_ppo_metrics, which are more than the events' fields, to
/// events.
namespace keisei::python {

void read_metrics(const Call& call, hook::MetricsEvent& event);
void read_move(const Call& call, hook::MoveEvent& event);

}  // namespace keisei::python

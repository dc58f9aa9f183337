#pragma once

#include <string_view>

#include "base/result.h"

/// What the hook's options may be, for every binding. The errors name the argument as
/// event_checks.h does.
namespace keisei::binding {

/// 0 to a day, in units of which `a_second` are a second.
Result<void> check_flush_deadline(std::string_view argument, double given, double a_second);
/// -1, or a processor of this machine.
Result<void> check_publisher_cpu(int cpu);
/// Percent; 0: never less than everything is streamed.
Result<void> check_impact_limit(double pct);

}  // namespace keisei::binding

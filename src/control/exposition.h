#pragma once

#include <string>
#include <vector>

#include "base/counters.h"

namespace keisei::control {

/// What Prometheus reads (text format 0.0.4): everything that has been counted.
std::string exposition(const std::vector<Counters::Family>& families);

inline constexpr const char* kExpositionType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace keisei::control

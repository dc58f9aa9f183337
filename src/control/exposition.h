#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/counters.h"
#include "base/notices.h"

namespace keisei::control {

/// What Prometheus reads (text format 0.0.4): everything that has been counted.
std::string exposition(const std::vector<Counters::Family>& families);

/// How it stands with every topic, as Prometheus knows it: `keisei_trouble{topic="…"}` is 1 while
/// it does not work. None if there is no topic.
std::vector<Counters::Family> families_of(const std::vector<Notices::State>& states);

inline constexpr std::string_view kExpositionType = "text/plain; version=0.0.4; charset=utf-8";

}  // namespace keisei::control

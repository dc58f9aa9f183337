#pragma once

#include <string>

#include "rl/run/metrics_manager.h"

/// The numbers of the last iteration in words, from the values that are streamed.
namespace keisei::rl {

/// One line of JSON without a line end: Keisei's keys ("ppo/entropy", with entropy positive),
/// times, and how the games of the rollout ended. Unknown numbers are null.
std::string metrics_line(const MetricsManager& metrics, double unix_time);

/// The same numbers as comma-separated values, empty where unknown, and the names of the columns.
std::string csv_line(const MetricsManager& metrics, double unix_time);
std::string csv_header();

/// One line for a terminal.
std::string metrics_summary(const MetricsManager& metrics);

}  // namespace keisei::rl

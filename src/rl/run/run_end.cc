#include "rl/run/run_end.h"

#include <algorithm>

#include "rl/run/progress.h"

namespace keisei::rl {

RunEnd::RunEnd(double minutes, std::int64_t steps, const Clock& clock)
    : minutes_(minutes), steps_(steps), clock_(clock), begin_(clock.steady()) {}

bool RunEnd::reached(const MetricsManager& metrics) const {
  const auto left = remaining_s(metrics);
  return left && *left <= 0;
}

std::optional<double> RunEnd::remaining_s(const MetricsManager& metrics) const {
  std::optional<double> by_time, by_steps;
  if (minutes_ > 0) {
    by_time = 60 * minutes_ - std::chrono::duration<double>(clock_.steady() - begin_).count();
  }
  if (steps_ > 0) {
    const auto target = static_cast<double>(steps_);
    const auto done = static_cast<double>(metrics.global_timestep());
    by_steps = time_to(
        target, done,
        done >= target ? 1 : metrics.format_ppo_metrics().metrics[hook::Metric::samples_per_s]);
  }
  if (by_time && by_steps) return std::min(*by_time, *by_steps);
  return by_time ? by_time : by_steps;
}

}  // namespace keisei::rl

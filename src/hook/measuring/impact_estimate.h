#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace keisei::hook {

/// How much longer training takes with streaming than without, in percent.
struct Impact {
  double pct = 0;
  double low_pct = 0;  // 95 % interval
  double high_pct = 0;
  std::size_t trials = 0;
};

/// One step time with streaming and one without, measured next to each other.
struct Trial {
  double on_s;
  double off_s;
};

/// From paired trials. Pairs, because what drifts (the network's game lengths, the clock rate of
/// the processor) drifts for both; trimmed means, because some steps are hit by the rest of the
/// machine. The interval is Tukey and McLaughlin's for a trimmed mean: winsorised variance,
/// Student's t. In percent of `training_s`, the time that training takes for each step with all
/// that it does between steps; left out: of a step without streaming.
/// Precondition: at least 10 trials.
Impact estimate_impact(std::span<const Trial> trials, std::optional<double> training_s = {});

}  // namespace keisei::hook

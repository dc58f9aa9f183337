#pragma once

#include <string>
#include <vector>

/// One figure of a benchmark in nanoseconds, smaller is better, with a sample for each repetition.
struct Figure {
  std::string key;  // "metrics_p50_ns"
  double bar;       // infinity: none
  std::vector<double> samples;
};

/// What an emit costs the training thread, while the publisher drains the rings and looks for a
/// showcase that is not there. The kinds of event take turns, `repetitions` times.
std::vector<Figure> measure_emit(int repetitions);

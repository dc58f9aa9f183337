#pragma once

#include <filesystem>

namespace keisei::loadtest {

struct LatencyOptions {
  int viewers = 500;
  int repetitions = 5;
  double seconds = 6;     // of each repetition
  int interval_ms = 190;  // between events, with a jitter of as much again
  std::filesystem::path showcase;
  std::filesystem::path content;
  bool json = false;
};

/// `pipeline.latency`: from the emit in a trainer to the receipt by every viewer, through a real
/// hook, the ingest, the studio and the edge. Updates, and between them evaluations that each reach
/// a milestone, which is on the disk before it is told. Returns the exit code.
int measure_latency(const LatencyOptions& options);

}  // namespace keisei::loadtest

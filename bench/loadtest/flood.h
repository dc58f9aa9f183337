#pragma once

#include <filesystem>

namespace keisei::loadtest {

/// Events come in so many batches a second, each of as many.
constexpr int kFloodBatchesPerSecond = 1000;

struct FloodOptions {
  double seconds = 30;
  double stopped_seconds = 10;      // of these, in the middle: the studio stands still
  int events_per_second = 100'000;  // a multiple of the batches
  // Finished ones, among the events; more where one would be longer than any game. A trainer has
  // one in some seconds.
  int games_per_second = 100;
  std::filesystem::path showcase;
  std::filesystem::path content;
  bool json = false;
};

/// `ingest.flood`: more events than any showcase takes, and a studio that stands still meanwhile,
/// while its edge goes on. What it costs the thread that emits, what the hook and the showcase take
/// in memory, and what becomes of finished games. Returns the exit code: 1 if a bar is missed, for
/// most of its bars are promises rather than speeds.
int measure_flood(const FloodOptions& options);

}  // namespace keisei::loadtest

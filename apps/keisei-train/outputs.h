#pragma once

#include <set>
#include <string>

#include "base/clock.h"
#include "display.h"
#include "hook/streaming_hook.h"
#include "rl/evaluation/examiner.h"
#include "rl/run/checkpoint.h"
#include "rl/run/trainer.h"
#include "rl/run_log.h"
#include "rl/selfplay/game_reporter.h"

/// The log files of a run directory.
struct RunLogs {
  keisei::rl::RunLog metrics, metrics_csv, games, evaluations;

  static keisei::Result<RunLogs> open(const std::string& directory);
};

/// Where the numbers and games of a run go: files, the stream and the display. What cannot be
/// written is said once, and training goes on.
class Outputs {
 public:
  Outputs(RunLogs logs, std::string run_id, Display& display, const keisei::Clock& clock);

  /// In every `measure_every`-th featured game the cost of streaming is measured; 0: in none.
  void stream_to(keisei::hook::StreamingHook* hook, int measure_every);

  keisei::rl::GameReporter::Sinks sinks();
  /// After an update. `remaining_s`: until the run ends by itself, none if it does not.
  void add(const keisei::rl::MetricsManager& metrics, std::optional<double> remaining_s);
  void add(const keisei::rl::Evaluation& evaluation);
  /// After an attempt to write a checkpoint of the present update into the directory.
  void add_checkpoint(const keisei::Result<void>& saved, const keisei::rl::MetricsManager& metrics,
                      const std::string& directory);
  void check(const keisei::Result<void>& written);

 private:
  double now() const { return keisei::unix_seconds(clock_.wall()); }

  RunLogs logs_;
  std::string run_id_;
  Display& display_;
  const keisei::Clock& clock_;
  keisei::SteadyTime begin_;
  keisei::hook::StreamingHook* hook_ = nullptr;
  int measure_every_ = 0;
  keisei::rl::Progress progress_;
  std::set<std::string> problems_said_;
};

#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/notices.h"
#include "base/result.h"
#include "rl/run/display.h"
#include "rl/run/progress.h"
#include "rl/run/run_logs.h"
#include "rl/run/run_stream.h"
#include "rl/selfplay/game_reporter.h"

namespace keisei::rl {

/// Tells the files, the stream and the display what a run has done. What cannot be written is said
/// once, and once more when it can again; training goes on.
class Outputs {
 public:
  /// `stream` may be null; display, clock and notices outlive this object.
  Outputs(RunLogs logs, std::unique_ptr<RunStream> stream, std::string run_id, Display& display,
          const Clock& clock, Notices& notices);
  /// Tells what waits to be told.
  ~Outputs();
  Outputs(const Outputs&) = delete;
  Outputs& operator=(const Outputs&) = delete;

  /// Of the featured game; valid as long as this object.
  GameReporter::Sinks sinks();
  /// After an update. `remaining_s`: until the run ends by itself, none if it does not.
  void add(const MetricsManager& metrics, std::optional<double> remaining_s);
  void add(const Evaluation& evaluation);
  /// After an attempt to write a checkpoint of the present update: its path.
  void add_checkpoint(const Result<std::string>& saved, const MetricsManager& metrics);

 private:
  void add(const hook::GameFinishedEvent& game);
  double now() const { return unix_seconds(clock_.wall()); }

  Notices& notices_;
  RunLogs logs_;
  std::unique_ptr<RunStream> stream_;
  std::string run_id_;
  Display& display_;
  const Clock& clock_;
  Topic& metrics_log_;
  Topic& games_log_;
  Topic& evaluations_log_;
  Topic& checkpoints_;
  Topic& evaluation_;
  SteadyTime begin_;
  Progress progress_;
};

}  // namespace keisei::rl

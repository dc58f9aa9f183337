#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "hook/events/events.h"
#include "rl/evaluation/evaluation.h"
#include "rl/run/metrics_manager.h"
#include "rl/run_log.h"

namespace keisei::rl {

/// The log files of a run directory: metrics.jsonl, metrics.csv, games.jsonl and evaluations.jsonl.
/// An error says what could not be written; the others are written all the same. Times are seconds
/// since the epoch.
class RunLogs {
 public:
  static Result<RunLogs> open(const std::string& directory);

  Result<void> add(const MetricsManager& metrics, double unix_time);
  Result<void> add(const hook::GameFinishedEvent& game, std::string_view run_id, double unix_time);
  Result<void> add(const Evaluation& evaluation, double unix_time);

 private:
  RunLogs(RunLog metrics, RunLog csv, RunLog games, RunLog evaluations);

  RunLog metrics_, csv_, games_, evaluations_;
};

/// One line of JSON without a line end: the game as it was played, to compare with what viewers
/// saw.
std::string game_line(const hook::GameFinishedEvent& game, std::string_view run_id,
                      double unix_time);

}  // namespace keisei::rl

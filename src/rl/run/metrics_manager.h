#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hook/events/events.h"
#include "rl/ppo/ppo_agent.h"
#include "rl/selfplay/match_score.h"
#include "rl/selfplay/step_manager.h"

namespace keisei::rl {

/// A number of the log and its name.
struct NamedNumber {
  std::string name;
  double value;
};

/// One rollout and what was learnt from it.
struct Iteration {
  LearnMetrics learnt;
  EpisodeStatistics episodes;  // games that ended during the rollout
  MatchScore against_past;     // those of them against earlier networks
  int samples = 0;
  double selfplay_s = 0;
  double rules_s = 0;  // of selfplay_s: rules, encoding, drawing moves; mean over the workers
  double update_s = 0;
};

/// Counts what a run has done and puts its numbers into words: the event that is streamed and the
/// line that is logged come from the same values.
class MetricsManager {
 public:
  std::int64_t updates() const { return updates_; }
  std::int64_t global_timestep() const { return global_timestep_; }  // plies of all environments
  std::int64_t games() const { return totals_.games; }
  const EpisodeStatistics& totals() const { return totals_; }

  void add(const Iteration& iteration);
  void resume(std::int64_t updates, std::int64_t global_timestep, const EpisodeStatistics& totals);

  /// The iteration that was added last.
  hook::MetricsEvent format_ppo_metrics() const;
  /// The same and more as one line of JSON without a line end: Keisei's keys ("ppo/entropy", with
  /// entropy positive), times, and how the games of the rollout ended. Unknown numbers are null.
  std::string metrics_line(double unix_time) const;
  /// The same numbers as comma-separated values, empty where unknown, and the names of the columns.
  std::string csv_line(double unix_time) const;
  std::string csv_header() const;
  /// One line for a terminal.
  std::string summary() const;

 private:
  std::vector<NamedNumber> numbers() const;

  std::int64_t updates_ = 0;
  std::int64_t global_timestep_ = 0;
  EpisodeStatistics totals_;
  Iteration last_;
};

}  // namespace keisei::rl

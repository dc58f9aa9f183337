#pragma once

#include <cstdint>

#include "hook/events/events.h"
#include "rl/ppo/ppo_agent.h"
#include "rl/selfplay/episode_statistics.h"
#include "rl/selfplay/match_score.h"

namespace keisei::rl {

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

/// Counts what a run has done.
class MetricsManager {
 public:
  std::int64_t updates() const { return updates_; }
  std::int64_t global_timestep() const { return global_timestep_; }  // plies of all environments
  std::int64_t games() const { return totals_.games; }
  const EpisodeStatistics& totals() const { return totals_; }

  void add(const Iteration& iteration);
  void resume(std::int64_t updates, std::int64_t global_timestep, const EpisodeStatistics& totals);

  /// The iteration that was added last, as it is streamed.
  hook::MetricsEvent format_ppo_metrics() const;
  const Iteration& last() const { return last_; }

 private:
  std::int64_t updates_ = 0;
  std::int64_t global_timestep_ = 0;
  EpisodeStatistics totals_;
  Iteration last_;
};

}  // namespace keisei::rl

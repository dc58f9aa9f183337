#include "rl/run/metrics_manager.h"

namespace keisei::rl {

void MetricsManager::add(const Iteration& iteration) {
  last_ = iteration;
  ++updates_;
  global_timestep_ += iteration.samples;
  totals_ += iteration.episodes;
}

void MetricsManager::resume(std::int64_t updates, std::int64_t global_timestep,
                            const EpisodeStatistics& totals) {
  updates_ = updates;
  global_timestep_ = global_timestep;
  totals_ = totals;
}

hook::MetricsEvent MetricsManager::format_ppo_metrics() const {
  hook::MetricsEvent event{.update = updates_,
                           .global_step = global_timestep_,
                           .games = totals_.games,
                           .metrics = last_.learnt.figures};
  using hook::Metric;
  event.metrics[Metric::selfplay_s] = last_.selfplay_s;
  event.metrics[Metric::update_s] = last_.update_s;
  event.metrics[Metric::samples_per_s] = last_.samples / (last_.selfplay_s + last_.update_s);
  const EpisodeStatistics& episodes = last_.episodes;
  event.metrics[Metric::mean_length] =
      episodes.games == 0
          ? hook::kUnknown
          : static_cast<double>(episodes.plies) / static_cast<double>(episodes.games);
  return event;
}

}  // namespace keisei::rl

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
  const auto per_game = [&](std::int64_t sum) {
    return episodes.games == 0 ? static_cast<double>(hook::kUnknown)
                               : static_cast<double>(sum) / static_cast<double>(episodes.games);
  };
  event.metrics[Metric::mean_length] = per_game(episodes.plies);
  event.metrics[Metric::black_win_share] = per_game(episodes.black_wins);
  event.metrics[Metric::white_win_share] = per_game(episodes.white_wins);
  return event;
}

}  // namespace keisei::rl

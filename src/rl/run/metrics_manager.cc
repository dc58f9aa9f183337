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
  const LearnMetrics& learnt = last_.learnt;
  hook::MetricsEvent event{
      .update = updates_, .global_step = global_timestep_, .games = totals_.games};
  using hook::Metric;
  hook::Figures& to = event.metrics;
  to[Metric::policy_loss] = learnt.policy_loss;
  to[Metric::value_loss] = learnt.value_loss;
  to[Metric::entropy] = learnt.entropy;
  to[Metric::entropy_max] = learnt.entropy_max;
  to[Metric::kl_divergence] = learnt.kl_divergence_approx;
  to[Metric::clip_fraction] = learnt.clip_fraction;
  to[Metric::learning_rate] = learnt.learning_rate;
  to[Metric::explained_variance] = learnt.explained_variance;
  to[Metric::grad_norm] = learnt.grad_norm;
  to[Metric::selfplay_s] = last_.selfplay_s;
  to[Metric::update_s] = last_.update_s;
  to[Metric::samples_per_s] = last_.samples / (last_.selfplay_s + last_.update_s);
  return event;
}

}  // namespace keisei::rl

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
  return {.update = updates_,
          .global_step = global_timestep_,
          .games = totals_.games,
          .policy_loss = learnt.policy_loss,
          .value_loss = learnt.value_loss,
          .entropy = learnt.entropy,
          .entropy_max = learnt.entropy_max,
          .kl_divergence_approx = learnt.kl_divergence_approx,
          .clip_fraction = learnt.clip_fraction,
          .learning_rate = learnt.learning_rate,
          .explained_variance = learnt.explained_variance,
          .grad_norm = learnt.grad_norm,
          .selfplay_s = last_.selfplay_s,
          .update_s = last_.update_s,
          .samples_per_s = last_.samples / (last_.selfplay_s + last_.update_s)};
}

}  // namespace keisei::rl

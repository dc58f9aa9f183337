#include "rl/metrics_manager.h"

#include <fmt/format.h>

#include <cmath>

#include "rl/reason.h"

namespace keisei::rl {
namespace {

std::string number(double value) {
  return std::isfinite(value) ? fmt::format("{}", value) : "null";
}

double share(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? std::nan("") : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

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

std::string MetricsManager::metrics_line(double unix_time) const {
  const hook::MetricsEvent e = format_ppo_metrics();
  const EpisodeStatistics& episodes = last_.episodes;
  std::string line = fmt::format(R"({{"time":{:.3f},"update":{},"global_step":{},"games":{})",
                                 unix_time, e.update, e.global_step, e.games);
  const auto add = [&line](std::string_view key, double value) {
    line += fmt::format(R"(,"{}":{})", key, number(value));
  };
  add("ppo/policy_loss", e.policy_loss);
  add("ppo/value_loss", e.value_loss);
  add("ppo/entropy", e.entropy);
  add("ppo/entropy_max", e.entropy_max);
  add("ppo/kl_divergence_approx", e.kl_divergence_approx);
  add("ppo/clip_fraction", e.clip_fraction);
  add("ppo/learning_rate", e.learning_rate);
  add("ppo/explained_variance", e.explained_variance);
  add("ppo/grad_norm", e.grad_norm);
  add("ppo/minibatches", last_.learnt.minibatches);
  add("time/selfplay_s", e.selfplay_s);
  add("time/update_s", e.update_s);
  add("time/samples_per_s", e.samples_per_s);
  add("games/finished", static_cast<double>(episodes.games));
  add("games/mean_length", share(episodes.plies, episodes.games));
  add("games/black_win_share", share(episodes.black_wins, episodes.games));
  add("games/white_win_share", share(episodes.white_wins, episodes.games));
  for (std::size_t i = 0; i < EpisodeStatistics::kReasons; ++i) {
    const auto reason = static_cast<shogi::EndReason>(i);
    if (reason == shogi::EndReason::resignation || reason == shogi::EndReason::impasse) continue;
    add(fmt::format("games/{}_share", reason_name(reason)),
        share(episodes.ended_by[i], episodes.games));
  }
  return line + '}';
}

std::string MetricsManager::summary() const {
  const hook::MetricsEvent e = format_ppo_metrics();
  return fmt::format(
      "update {} · {} plies · {} games · {:.0f} plies/s (self-play {:.1f} s, learning {:.1f} s) · "
      "entropy {:.2f} of {:.2f} · kl {:.4f} · clip {:.2f} · explained {:.2f} · lr {:.1e}",
      e.update, e.global_step, e.games, e.samples_per_s, e.selfplay_s, e.update_s, e.entropy,
      e.entropy_max, e.kl_divergence_approx, e.clip_fraction, e.explained_variance,
      e.learning_rate);
}

}  // namespace keisei::rl

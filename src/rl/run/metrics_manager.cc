#include "rl/run/metrics_manager.h"

#include <fmt/format.h>

#include <cmath>

#include "rl/reason.h"

namespace keisei::rl {
namespace {

std::string json(double value) { return std::isfinite(value) ? fmt::format("{}", value) : "null"; }

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

std::vector<NamedNumber> MetricsManager::numbers() const {
  const hook::MetricsEvent e = format_ppo_metrics();
  const EpisodeStatistics& episodes = last_.episodes;
  std::vector<NamedNumber> numbers{
      {"ppo/policy_loss", e.policy_loss},
      {"ppo/value_loss", e.value_loss},
      {"ppo/entropy", e.entropy},
      {"ppo/entropy_max", e.entropy_max},
      {"ppo/kl_divergence_approx", e.kl_divergence_approx},
      {"ppo/clip_fraction", e.clip_fraction},
      {"ppo/learning_rate", e.learning_rate},
      {"ppo/explained_variance", e.explained_variance},
      {"ppo/grad_norm", e.grad_norm},
      {"ppo/kl_from_older", last_.learnt.kl_from_older},
      {"ppo/minibatches", static_cast<double>(last_.learnt.minibatches)},
      {"time/selfplay_s", e.selfplay_s},
      {"time/rules_s", last_.rules_s},
      {"time/update_s", e.update_s},
      {"time/samples_per_s", e.samples_per_s},
      {"time/games_per_s", static_cast<double>(episodes.games) / (e.selfplay_s + e.update_s)},
      {"games/finished", static_cast<double>(episodes.games)},
      {"games/mean_length", share(episodes.plies, episodes.games)},
      {"games/black_win_share", share(episodes.black_wins, episodes.games)},
      {"games/white_win_share", share(episodes.white_wins, episodes.games)},
      {"games/score_against_past",
       last_.against_past.games() > 0 ? last_.against_past.score() : std::nan("")},
  };
  for (std::size_t i = 0; i < EpisodeStatistics::kReasons; ++i) {
    const auto reason = static_cast<shogi::EndReason>(i);
    if (reason == shogi::EndReason::resignation || reason == shogi::EndReason::impasse) continue;
    numbers.push_back({fmt::format("games/{}_share", to_string(end_reason(reason))),
                       share(episodes.ended_by[i], episodes.games)});
  }
  return numbers;
}

std::string MetricsManager::metrics_line(double unix_time) const {
  std::string line = fmt::format(R"({{"time":{:.3f},"update":{},"global_step":{},"games":{})",
                                 unix_time, updates_, global_timestep_, totals_.games);
  for (const auto& [name, value] : numbers()) line += fmt::format(R"(,"{}":{})", name, json(value));
  return line + '}';
}

std::string MetricsManager::csv_header() const {
  std::string line = "time,update,global_step,games";
  for (const auto& [name, value] : numbers()) line += ',' + name;
  return line;
}

std::string MetricsManager::csv_line(double unix_time) const {
  std::string line =
      fmt::format("{:.3f},{},{},{}", unix_time, updates_, global_timestep_, totals_.games);
  for (const auto& [name, value] : numbers()) {
    line += std::isfinite(value) ? fmt::format(",{}", value) : ",";
  }
  return line;
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

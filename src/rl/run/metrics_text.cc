#include "rl/run/metrics_text.h"

#include <fmt/format.h>

#include <cmath>
#include <vector>

#include "rl/reason.h"

namespace keisei::rl {
namespace {

using hook::Metric;

struct NamedNumber {
  std::string name;
  double value;
};

std::string json(double value) { return std::isfinite(value) ? fmt::format("{}", value) : "null"; }

double share(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? std::nan("") : static_cast<double>(part) / static_cast<double>(whole);
}

std::vector<NamedNumber> numbers_of(const MetricsManager& metrics) {
  const hook::MetricsEvent e = metrics.format_ppo_metrics();
  const Iteration& last = metrics.last();
  const EpisodeStatistics& episodes = last.episodes;
  std::vector<NamedNumber> numbers;
  for (const protocol::MetricRow& row : protocol::kMetricTable) {
    // Columns stay where they were: these were there before they were streamed, or come last.
    if (row.metric >= Metric::mean_length) continue;
    numbers.push_back({std::string(row.trainer_key), e.metrics[row.metric]});
    // Columns of the log alone stay where they were.
    if (row.metric == Metric::grad_norm) {
      numbers.push_back({"ppo/kl_from_older", last.learnt.kl_from_older});
      numbers.push_back({"ppo/minibatches", static_cast<double>(last.learnt.minibatches)});
    }
    if (row.metric == Metric::selfplay_s) numbers.push_back({"time/rules_s", last.rules_s});
  }
  numbers.insert(numbers.end(),
                 {{"time/games_per_s",
                   static_cast<double>(episodes.games) / (last.selfplay_s + last.update_s)},
                  {"games/finished", static_cast<double>(episodes.games)},
                  {"games/mean_length", e.metrics[Metric::mean_length]},
                  {"games/black_win_share", e.metrics[Metric::black_win_share]},
                  {"games/white_win_share", e.metrics[Metric::white_win_share]},
                  {"games/score_against_past",
                   last.against_past.games() > 0 ? last.against_past.score() : std::nan("")}});
  for (std::size_t i = 0; i < EpisodeStatistics::kReasons; ++i) {
    const auto reason = static_cast<shogi::EndReason>(i);
    if (reason == shogi::EndReason::resignation || reason == shogi::EndReason::impasse) continue;
    numbers.push_back({fmt::format("games/{}_share", to_string(end_reason(reason))),
                       share(episodes.ended_by[i], episodes.games)});
  }
  for (const Metric late : {Metric::target_kl, Metric::first_kl, Metric::planned_share}) {
    numbers.push_back({std::string(row_of(late).trainer_key), e.metrics[late]});
  }
  return numbers;
}

}  // namespace

std::string metrics_line(const MetricsManager& metrics, double unix_time) {
  std::string line =
      fmt::format(R"({{"time":{:.3f},"update":{},"global_step":{},"games":{})", unix_time,
                  metrics.updates(), metrics.global_timestep(), metrics.games());
  for (const auto& [name, value] : numbers_of(metrics))
    line += fmt::format(R"(,"{}":{})", name, json(value));
  return line + '}';
}

std::string csv_header() {
  std::string line = "time,update,global_step,games";
  for (const auto& [name, value] : numbers_of({})) line += ',' + name;
  return line;
}

std::string csv_line(const MetricsManager& metrics, double unix_time) {
  std::string line = fmt::format("{:.3f},{},{},{}", unix_time, metrics.updates(),
                                 metrics.global_timestep(), metrics.games());
  for (const auto& [name, value] : numbers_of(metrics)) {
    line += std::isfinite(value) ? fmt::format(",{}", value) : ",";
  }
  return line;
}

std::string metrics_summary(const MetricsManager& metrics) {
  const hook::MetricsEvent e = metrics.format_ppo_metrics();
  const hook::Figures& of = e.metrics;
  // Unknown until enough games have ended.
  const double foreseen = of[Metric::explained_variance];
  const std::string explained = std::isfinite(foreseen) ? fmt::format("{:.2f}", foreseen) : "–";
  return fmt::format(
      "update {} · {} plies · {} games · {:.0f} plies/s (self-play {:.1f} s, learning {:.1f} s) · "
      "entropy {:.2f} of {:.2f} · kl {:.4f} · clip {:.2f} · explained {} · lr {:.1e}",
      e.update, e.global_step, e.games, of[Metric::samples_per_s], of[Metric::selfplay_s],
      of[Metric::update_s], of[Metric::entropy], of[Metric::entropy_max], of[Metric::kl_divergence],
      of[Metric::clip_fraction], explained, of[Metric::learning_rate]);
}

}  // namespace keisei::rl

#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "protocol/enum_map.h"

/// Everything that training reports about itself in numbers, once. A row here is all that a new
/// metric needs to travel: hook, bindings, telemetry, messages and documents read the table.
namespace keisei::protocol {

KEISEI_ENUM(Metric, "A number that training reports once per PPO update.", policy_loss, value_loss,
            entropy, entropy_max, kl_divergence, clip_fraction, learning_rate, explained_variance,
            grad_norm, selfplay_s, update_s, samples_per_s, mean_length, target_kl, first_kl,
            planned_share, black_win_share, white_win_share)

struct MetricRow {
  Metric metric;
  std::string_view trainer_key;  // how trainers call it: "ppo/policy_loss"
  Level level;                   // from this one on viewers get the number
  std::string_view doc;
  Rule rule;
};

/// In the order of the enumerators; the figures keep more digits than any level shows.
inline constexpr std::array kMetricTable = {
    MetricRow{Metric::policy_loss,
              "ppo/policy_loss",
              Level::advanced,
              "Clipped surrogate loss.",
              {.digits = 5}},
    MetricRow{Metric::value_loss, "ppo/value_loss", Level::advanced, "Value loss.", {.digits = 5}},
    MetricRow{Metric::entropy,
              "ppo/entropy",
              Level::intermediate,
              "Mean policy entropy over the update's positions, positive.",
              {.unit = "nats", .min = 0, .digits = 5}},
    MetricRow{Metric::entropy_max,
              "ppo/entropy_max",
              Level::intermediate,
              "Mean ln(number of legal moves) over the same positions.",
              {.unit = "nats", .min = 0, .digits = 5}},
    MetricRow{Metric::kl_divergence,
              "ppo/kl_divergence_approx",
              Level::intermediate,
              "k3 estimate of how far the update moved the policy.",
              {.unit = "nats", .min = 0, .digits = 5}},
    MetricRow{Metric::clip_fraction,
              "ppo/clip_fraction",
              Level::intermediate,
              "Share of samples whose step was clipped.",
              {.min = 0, .max = 1, .digits = 5}},
    MetricRow{Metric::learning_rate,
              "ppo/learning_rate",
              Level::advanced,
              "Adam's step size.",
              {.digits = 5}},
    MetricRow{Metric::explained_variance,
              "ppo/explained_variance",
              Level::intermediate,
              "Share of the variance of finished games' results that the forecasts explain.",
              {.max = 1, .digits = 5}},
    MetricRow{Metric::grad_norm,
              "ppo/grad_norm",
              Level::advanced,
              "Global gradient norm before clipping.",
              {.min = 0, .digits = 5}},
    MetricRow{Metric::selfplay_s,
              "time/selfplay_s",
              Level::beginner,
              "Time the last iteration spent playing.",
              {.unit = "s", .min = 0, .digits = 4}},
    MetricRow{Metric::update_s,
              "time/update_s",
              Level::beginner,
              "Time the last iteration spent learning.",
              {.unit = "s", .min = 0, .digits = 4}},
    MetricRow{Metric::samples_per_s,
              "time/samples_per_s",
              Level::beginner,
              "Positions learned from.",
              {.unit = "1/s", .min = 0, .digits = 4}},
    MetricRow{Metric::mean_length,
              "games/mean_length",
              Level::beginner,
              "Mean length of the games that ended since the update before.",
              {.unit = "plies", .min = 0, .digits = 4}},
    MetricRow{Metric::target_kl,
              "ppo/target_kl",
              Level::intermediate,
              "KL divergence that the run aims at.",
              {.unit = "nats", .min = 0, .digits = 5}},
    MetricRow{
        Metric::first_kl,
        "ppo/first_kl",
        Level::advanced,
        "KL divergence before the update's first step: 0, unless learning sees another policy "
        "than the one that played.",
        {.unit = "nats", .min = 0, .digits = 5}},
    MetricRow{Metric::planned_share,
              "ppo/planned_share",
              Level::intermediate,
              "Share of the update's planned steps that were taken; less than 1: it stopped early, "
              "because the policy had gone too far.",
              {.min = 0, .max = 1, .digits = 4}},
    MetricRow{Metric::black_win_share,
              "games/black_win_share",
              Level::beginner,
              "Share of the games that ended since the update before that Black won.",
              {.min = 0, .max = 1, .digits = 4}},
    MetricRow{Metric::white_win_share,
              "games/white_win_share",
              Level::beginner,
              "The same of White; the rest were drawn.",
              {.min = 0, .max = 1, .digits = 4}},
};

static_assert(kMetricTable.size() == kEnumerators<Metric>, "a metric has no row");
static_assert(std::is_sorted(kMetricTable.begin(), kMetricTable.end(),
                             [](const MetricRow& a, const MetricRow& b) {
                               return a.metric < b.metric;
                             }),
              "the rows are not in the order of the enumerators");

constexpr const MetricRow& row_of(Metric metric) {
  return kMetricTable[static_cast<std::size_t>(metric)];
}

/// The metric that trainers call so, with or without what comes before the slash.
constexpr std::optional<Metric> metric_of(std::string_view trainer_key) {
  for (const MetricRow& row : kMetricTable) {
    const std::string_view bare = row.trainer_key.substr(row.trainer_key.find('/') + 1);
    if (trainer_key == row.trainer_key || trainer_key == bare) return row.metric;
  }
  return std::nullopt;
}

template <>
struct EntryRule<Metric> {
  static constexpr const Rule& of(Metric metric, const Rule&) { return row_of(metric).rule; }
};

}  // namespace keisei::protocol

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/describe.h"
#include "protocol/types.h"

namespace keisei::protocol {

struct MetricNumbers {
  Number kl_divergence;
  Number clip_fraction;
  Number entropy;
  Number entropy_max;
  Number explained_variance;
  Number policy_loss;
  Number value_loss;
  Number learning_rate;
  Number grad_norm;
};
KEISEI_PART(MetricNumbers, "The latest PPO update in numbers.",
            KEISEI_FIELD(kl_divergence, "k3 estimate of how far the update moved the policy.",
                         .unit = "nats", .min = 0),
            KEISEI_FIELD(clip_fraction, "Share of samples whose step was clipped.", .min = 0,
                         .max = 1),
            KEISEI_FIELD(entropy, "Mean policy entropy over the update's positions.",
                         .unit = "nats", .min = 0),
            KEISEI_FIELD(entropy_max, "Mean ln(number of legal moves) over the same positions.",
                         .unit = "nats", .min = 0),
            KEISEI_FIELD(explained_variance, "Share of the returns' variance the value explains.",
                         .max = 1),
            KEISEI_FIELD(policy_loss, "Clipped surrogate loss."),
            KEISEI_FIELD(value_loss, "Value loss."),
            KEISEI_FIELD(learning_rate, "Adam's step size."),
            KEISEI_FIELD(grad_norm, "Global gradient norm before clipping.", .min = 0))

struct MetricReading {
  HealthMetric metric;
  std::string name;
  Number value;
  Number limit;
  Health health;
  std::string state;
  std::string meaning;
  Trend trend;
  std::vector<Number> history;
  std::string formula;
};
KEISEI_PART(MetricReading, "One metric as a panel shows it.", KEISEI_FIELD(metric, "Which one."),
            KEISEI_FIELD(name, "Its name in the viewer's language and for their level."),
            KEISEI_FIELD(value, "The latest value."),
            KEISEI_FIELD(limit, "Where \"too much\" begins; null if there is no such value."),
            KEISEI_FIELD(health, "The band the value is in."),
            KEISEI_FIELD(state, "The band in a few words."),
            KEISEI_FIELD(meaning, "What that means here, one sentence.", .max_size = 512),
            KEISEI_FIELD(trend, "Over time, not over what fell into one frame."),
            KEISEI_FIELD(history, "Oldest first.", .max_size = 100),
            KEISEI_FIELD(formula, "MathML at the advanced level, else empty.", .max_size = 4096))

struct EducationalContext {
  Health level;
  std::string color_code;
  std::string state;
  std::string explanation;
};
KEISEI_PART(EducationalContext, "The update as a whole, in words.",
            KEISEI_FIELD(level, "The worse band of KL divergence and clip fraction."),
            KEISEI_FIELD(color_code, "CSS colour of the band: `#10b981`.", .max_size = 16),
            KEISEI_FIELD(state, "The band in a word of the viewer's language."),
            KEISEI_FIELD(explanation, "One sentence.", .max_size = 512))

struct TrainingSpeed {
  Number samples_per_s;
  Number selfplay_s;
  Number update_s;
};
KEISEI_PART(TrainingSpeed, "How fast the last iteration was.",
            KEISEI_FIELD(samples_per_s, "Positions learned from.", .unit = "1/s", .min = 0),
            KEISEI_FIELD(selfplay_s, "Time spent playing.", .unit = "s", .min = 0),
            KEISEI_FIELD(update_s, "Time spent learning.", .unit = "s", .min = 0))

struct PpoMetrics {
  std::int64_t update;
  std::int64_t global_step;
  std::int64_t games;
  MetricNumbers metrics;
  std::vector<MetricReading> readings;
  EducationalContext educational;
  TrainingSpeed performance;
};
KEISEI_SERVER_MESSAGE(PpoMetrics, "ppo_metrics", metrics, newest, viewers, "One PPO update.",
                      KEISEI_FIELD(update, "1 for the first PPO update of the run.", .min = 0),
                      KEISEI_FIELD(global_step, "Positions played so far.", .min = 0),
                      KEISEI_FIELD(games, "Finished games of all environments so far.", .min = 0),
                      KEISEI_FIELD(metrics, "The numbers."),
                      KEISEI_FIELD(readings, "What the viewer's level shows of them.",
                                   .max_size = 8),
                      KEISEI_FIELD(educational, "The update in words."),
                      KEISEI_FIELD(performance, "Speed of training."))

}  // namespace keisei::protocol

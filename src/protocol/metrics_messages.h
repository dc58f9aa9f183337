#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "protocol/describe.h"
#include "protocol/metric_table.h"
#include "protocol/series.h"
#include "protocol/types.h"

namespace keisei::protocol {

struct MetricReading {
  HealthMetric metric;
  std::string name;
  Number value;
  Number limit;
  Health health;
  std::string state;
  std::string meaning;
  Trend trend;
  Series history;
};
KEISEI_PART(MetricReading, "One metric as a panel shows it.", KEISEI_FIELD(metric, "Which one."),
            KEISEI_FIELD(name, "Its name in the viewer's language and for their level."),
            KEISEI_FIELD(value, "The latest value.", .digits = 5),
            KEISEI_FIELD(limit, "Where \"too much\" begins; null if there is no such value.",
                         .digits = 5),
            KEISEI_FIELD(health, "The band the value is in."),
            KEISEI_FIELD(state, "The band in a few words."),
            KEISEI_FIELD(meaning, "What that means here, one sentence.", .max_size = 512),
            KEISEI_FIELD(trend, "Over time, not over what fell into one frame."),
            KEISEI_FIELD(history, "Of the value, oldest first.", .digits = 5, .max_size = 100))

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

struct PpoMetrics {
  std::string run_id;
  int segment = 1;
  std::int64_t update;
  std::int64_t global_step;
  std::int64_t games;
  EnumMap<Metric, Number> metrics;
  std::vector<MetricReading> readings;
  EducationalContext educational;
};
KEISEI_SERVER_MESSAGE(PpoMetrics, "ppo_metrics", metrics, newest, viewers, "One PPO update.",
                      KEISEI_FIELD(run_id, "Of the run; empty before the first.", .max_size = 40),
                      KEISEI_FIELD(segment,
                                   "Of the run; a resume from an older update begins the "
                                   "next one.",
                                   .min = 1),
                      KEISEI_FIELD(update, "1 for the first PPO update of the run.", .min = 0),
                      KEISEI_FIELD(global_step, "Positions played so far.", .min = 0),
                      KEISEI_FIELD(games, "Finished games of all environments so far.", .min = 0),
                      KEISEI_FIELD(metrics, "The numbers; null below the level that shows them."),
                      KEISEI_FIELD(readings, "What the viewer's level shows of them.",
                                   .max_size = 8),
                      KEISEI_FIELD(educational, "The update in words."))

}  // namespace keisei::protocol

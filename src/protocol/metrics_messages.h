#pragma once

#include <cstdint>
#include <optional>
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
  std::optional<Health> newest;
  Number guide;
  std::string guide_text;
  std::optional<Health> health;
  std::string state;
  std::string meaning;
  Trend trend;
  Series history;
};
KEISEI_PART(MetricReading, "One metric as a panel shows it.", KEISEI_FIELD(metric, "Which one."),
            KEISEI_FIELD(name, "Its name in the viewer's language and for their level."),
            KEISEI_FIELD(value, "The latest value.", .digits = 5),
            KEISEI_FIELD(newest, "The band of the latest value by itself; null without one."),
            KEISEI_FIELD(guide, "A value to compare with; null if there is none.", .digits = 5),
            KEISEI_FIELD(guide_text, "What it is and where it comes from; may be empty."),
            KEISEI_FIELD(health,
                         "The band of the newest few values, by their median; null: too few of "
                         "them, or none now."),
            KEISEI_FIELD(state, "That band in a few words."),
            KEISEI_FIELD(meaning, "What it means here; names the values that it speaks of.",
                         .max_size = 768),
            KEISEI_FIELD(trend, "Over time, not over what fell into one frame."),
            KEISEI_FIELD(history, "Of the value, oldest first.", .digits = 5, .max_size = 100))

struct EducationalContext {
  std::optional<Health> level;
  std::string color_code;
  std::string state;
  std::string explanation;
  std::string next;
  std::vector<std::string> remarks;
};
KEISEI_PART(EducationalContext, "How learning goes, in words.",
            KEISEI_FIELD(level,
                         "The worst `health` of the readings; `learning` at best where the "
                         "measured strength has fallen or the newest update failed its self-test. "
                         "Null: too little is known to say."),
            KEISEI_FIELD(color_code, "CSS colour of the level: `#10b981`.", .max_size = 16),
            KEISEI_FIELD(state, "The level in a word of the viewer's language."),
            KEISEI_FIELD(explanation,
                         "Which readings are out of their usual range, what was measured of the "
                         "strength, and whether the newest update failed its self-test.",
                         .max_size = 1024),
            KEISEI_FIELD(next, "What to look at next when something is off; else empty.",
                         .max_size = 512),
            KEISEI_FIELD(remarks, "What else the newest few updates tell.", .max_size = 8,
                         .item_max_size = 512))

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

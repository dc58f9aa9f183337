#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "protocol/describe.h"
#include "protocol/metric_table.h"
#include "protocol/series.h"
#include "protocol/types.h"

/// What a run has been through, for those who were not there.
namespace keisei::protocol {

KEISEI_ENUM(StrengthMeasure,
            "What is measured of a network's strength: its score against a uniformly random mover, "
            "its Elo against frozen networks of the run, how often it shows a skill.",
            random_score, elo, skill)

/// Bounds of the whole history, so that it fits one message however many metrics there are.
inline constexpr std::size_t kMostHistorySegments = 16;
inline constexpr std::size_t kMostStrengthColumns = 64;
inline constexpr std::size_t kMostStrengthLines = 10;
namespace detail {
inline constexpr std::size_t kBytesOfStrengthAndFrame = 18UL * 1024;
inline constexpr std::size_t kBytesOfColumn = 8 * kEnumerators<Metric> + 18;  // points, and a start
}  // namespace detail
inline constexpr std::size_t kMostHistoryColumns = std::min<std::size_t>(
    512, (kMaxMessageBytes - detail::kBytesOfStrengthAndFrame) / detail::kBytesOfColumn);

struct SegmentColumns {
  int segment;
  int columns;
};
KEISEI_PART(SegmentColumns, "Columns that follow one another in one segment of the run.",
            KEISEI_FIELD(segment, "From 1. A resume from an older update begins the next one.",
                         .min = 1),
            KEISEI_FIELD(columns, "How many.", .min = 1))

struct HistoryColumns {
  std::int64_t updates = 1;
  std::int64_t newest = 0;
  std::vector<std::int64_t> starts;
  std::vector<SegmentColumns> segments;
};
KEISEI_PART(HistoryColumns,
            "What the points of lines stand for, segment by segment and oldest first. Where a "
            "column does not begin at the end of the one before, nothing is known in between.",
            KEISEI_FIELD(updates, "That each column holds: a power of two.", .min = 1),
            KEISEI_FIELD(newest, "The newest update of the newest segment; 0 without any.",
                         .min = 0),
            KEISEI_FIELD(starts, "The first update of each column: a multiple of `updates`.",
                         .min = 0, .max_size = kMostHistoryColumns),
            KEISEI_FIELD(segments, "Whose they are.", .max_size = kMostHistorySegments))

struct HistoryLine {
  Series min;
  Series max;
  Series mean;
  Series last;
  Trend trend;
  Number slope;
  Number slope_low;
  Number slope_high;
};
KEISEI_PART(
    HistoryLine, "A metric, a point for each column; unknown where it was not reported.",
    KEISEI_FIELD(min, "The least; of estimates, the least lower end of an interval.", .digits = 5,
                 .max_size = kMostHistoryColumns),
    KEISEI_FIELD(max, "The greatest; of estimates, the greatest upper end.", .digits = 5,
                 .max_size = kMostHistoryColumns),
    KEISEI_FIELD(mean, "The mean.", .digits = 5, .max_size = kMostHistoryColumns),
    KEISEI_FIELD(last, "The newest.", .digits = 5, .max_size = kMostHistoryColumns),
    KEISEI_FIELD(trend,
                 "Over the newest 256 values of the newest segment and of what it was resumed "
                 "from; `unknown` with fewer than 64, of estimates with fewer than 16."),
    KEISEI_FIELD(slope, "Change with an update: of a line through the medians of 16 blocks.",
                 .digits = 4),
    KEISEI_FIELD(slope_low, "Lower end of its 99 % interval.", .digits = 4),
    KEISEI_FIELD(slope_high, "Upper end of its 99 % interval.", .digits = 4))

struct MetricHistory {
  Metric metric;
  HistoryLine line;
};
KEISEI_PART(MetricHistory, "What training reported.", KEISEI_FIELD(metric, "Which number."),
            KEISEI_FIELD(line, "Its line over the columns of updates."))

struct StrengthHistory {
  StrengthMeasure measure;
  std::string skill;
  HistoryLine line;
};
KEISEI_PART(StrengthHistory, "What evaluations found.", KEISEI_FIELD(measure, "Of what."),
            KEISEI_FIELD(skill, "Which one, as its trainer calls it; else empty.", .max_size = 32),
            KEISEI_FIELD(line, "Its line over the columns of evaluations."))

struct MetricsHistory {
  std::string run_id;
  int segment = 1;
  int forgotten;
  HistoryColumns updates;
  std::vector<MetricHistory> metrics;
  HistoryColumns evaluations;
  std::vector<StrengthHistory> strength;
};
KEISEI_SERVER_MESSAGE(
    MetricsHistory, "metrics_history", metrics, on_joining, viewers,
    "The whole run until now, the same for every level and language. What comes after it is in "
    "`ppo_metrics` and `strength`; a viewer to whom another run begins there asks for that one's "
    "past by another hello.",
    KEISEI_FIELD(run_id, "Of the run; empty before the first.", .max_size = 40),
    KEISEI_FIELD(segment, "The newest of the run.", .min = 1),
    KEISEI_FIELD(forgotten, "Segments that are not in it any more: those with the fewest updates.",
                 .min = 0),
    KEISEI_FIELD(updates, "What the lines in `metrics` are of."),
    KEISEI_FIELD(metrics, "Those that were ever reported.", .max_size = kEnumerators<Metric>),
    KEISEI_FIELD(evaluations, "What the lines in `strength` are of."),
    KEISEI_FIELD(strength, "What was ever measured.", .max_size = kMostStrengthLines))

struct StrengthReading {
  StrengthMeasure measure;
  std::string skill;
  double value;
  Number low;
  Number high;
};
KEISEI_PART(StrengthReading, "A strength as it was measured.", KEISEI_FIELD(measure, "Of what."),
            KEISEI_FIELD(skill, "Which one, as its trainer calls it; else empty.", .max_size = 32),
            KEISEI_FIELD(value, "The estimate: a share, or Elo.", .digits = 5),
            KEISEI_FIELD(low, "Lower end of its 95 % interval.", .digits = 5),
            KEISEI_FIELD(high, "Upper end of its 95 % interval.", .digits = 5))

struct NetworkStrength {
  std::string run_id;
  int segment = 1;
  std::int64_t update;
  std::vector<StrengthReading> readings;
};
KEISEI_SERVER_MESSAGE(NetworkStrength, "strength", metrics, newest, viewers,
                      "The newest evaluation of the network.",
                      KEISEI_FIELD(run_id, "Of the run; empty before the first.", .max_size = 40),
                      KEISEI_FIELD(segment, "Of the run.", .min = 1),
                      KEISEI_FIELD(update,
                                   "The network that was measured: after this PPO update. It was "
                                   "some time ago: measuring takes longer than learning.",
                                   .min = 0),
                      KEISEI_FIELD(readings, "Empty before the run's first evaluation.",
                                   .max_size = kMostStrengthLines))

}  // namespace keisei::protocol

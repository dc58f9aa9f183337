#pragma once

#include "protocol/telemetry.h"
#include "studio/health/bands.h"

namespace keisei::studio {

/// What the health panel shows of an update. A new one: its word in protocol/types.h, its row in
/// readings.cc, its sentences in content/.
using Reading = protocol::HealthMetric;

/// How one reading is got and judged.
struct ReadingRow {
  protocol::Number (*value)(const protocol::TrainerMetrics& update);
  Band (*band)(protocol::Number value, double clip_epsilon);
  /// Where "too much" begins; null if there is no such value.
  protocol::Number (*limit)(double clip_epsilon);
  int patience;  // of its BandTracker
};

const ReadingRow& row_of(Reading reading);

/// One of the trainer's own numbers; null if it did not report it.
protocol::Number metric(const protocol::TrainerMetrics& update, protocol::Metric metric);

}  // namespace keisei::studio

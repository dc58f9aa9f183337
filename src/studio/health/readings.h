#pragma once

#include <string>

#include "protocol/telemetry.h"
#include "studio/health/bands.h"

namespace keisei::studio {

/// What the health panel shows of an update. A new one: its word in protocol/types.h, its row in
/// readings.cc, its bands in content/thresholds.json, its sentences in content/.
using Reading = protocol::HealthMetric;

/// How one reading is got, measured and written.
struct ReadingRow {
  protocol::Number (*value)(const protocol::TrainerMetrics& update);
  /// On the scale of its bands; null if there is no telling.
  protocol::Number (*position)(double value, double clip_epsilon);
  std::string (*written)(double value);
};

const ReadingRow& row_of(Reading reading);

/// The KL divergence at which a typical log ratio reaches the clip range: ε²/2. Null without one.
protocol::Number reaching_kl(double clip_epsilon);

/// One of the trainer's own numbers; null if it did not report it.
protocol::Number metric(const protocol::TrainerMetrics& update, protocol::Metric metric);

}  // namespace keisei::studio

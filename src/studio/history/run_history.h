#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/history_messages.h"
#include "protocol/telemetry.h"
#include "store/run_memory.h"
#include "studio/history/bucket_table.h"
#include "studio/history/trend.h"

namespace keisei::studio {

/// What a run has been through, of all of its updates and evaluations, in bounded memory.
class RunHistory {
 public:
  RunHistory();
  /// With what is remembered of it, if anything: the same as if it had been told.
  RunHistory(const protocol::RunStarted& run, const store::RunMemory* memory);

  void learn(const protocol::TrainerMetrics& update, int segment);
  /// In the newest segment. Does nothing if a newer network was measured in it.
  void measure(const protocol::EvaluationFinished& evaluation);

  protocol::MetricsHistory view() const;
  /// The newest evaluation.
  const protocol::NetworkStrength& strength() const { return strength_; }

 private:
  struct StrengthLine {
    protocol::StrengthMeasure measure;
    std::string skill;
    TrendWindow window{};
  };

  void measure(const protocol::EvaluationFinished& evaluation, int segment);
  /// None for a skill when there are as many as may be.
  std::optional<std::size_t> line_of(const protocol::StrengthReading& reading);

  std::string run_id_;
  int segment_ = 1;
  BucketTable updates_;  // a line for each metric
  std::array<TrendWindow, protocol::kEnumerators<protocol::Metric>> windows_;
  BucketTable evaluations_;
  std::vector<StrengthLine> lines_;  // of evaluations_
  protocol::NetworkStrength strength_;
};

}  // namespace keisei::studio

#include "studio/history/run_history.h"

#include <algorithm>
#include <utility>

#include "studio/health/readings.h"
#include "studio/history/strength_readings.h"

namespace keisei::studio {
namespace {

protocol::HistoryColumns columns_of(const BucketTable& table) {
  protocol::HistoryColumns columns{table.updates_per_column(), 0, {}, {}};
  columns.starts.reserve(table.columns());
  for (const BucketTable::Segment& segment : table.segments()) {
    columns.newest = segment.newest;
    columns.segments.push_back({segment.number, static_cast<int>(segment.columns.size())});
    for (const BucketTable::Column& column : segment.columns) {
      columns.starts.push_back(column.number * table.updates_per_column());
    }
  }
  return columns;
}

protocol::HistoryLine line_in(const BucketTable& table, std::size_t line,
                              const TrendEstimate& estimate) {
  protocol::HistoryLine drawn{};
  for (protocol::Series* series : {&drawn.min, &drawn.max, &drawn.mean, &drawn.last}) {
    series->resize(table.columns());
  }
  std::size_t place = 0;
  for (const BucketTable::Segment& segment : table.segments()) {
    for (const BucketTable::Column& column : segment.columns) {
      if (const Bucket bucket = column.bucket(line); !bucket.empty()) {
        drawn.min[place] = bucket.min;
        drawn.max[place] = bucket.max;
        drawn.mean[place] = bucket.mean();
        drawn.last[place] = bucket.last;
      }
      ++place;
    }
  }
  drawn.trend = estimate.trend;
  drawn.slope = estimate.slope;
  drawn.slope_low = estimate.low;
  drawn.slope_high = estimate.high;
  return drawn;
}

bool is_empty(const protocol::HistoryLine& line) {
  return std::none_of(line.last.begin(), line.last.end(),
                      [](const protocol::Number& value) { return value.has_value(); });
}

}  // namespace

RunHistory::RunHistory()
    : updates_({protocol::kMostHistoryColumns, protocol::kMostHistorySegments}),
      evaluations_({protocol::kMostStrengthColumns, protocol::kMostHistorySegments}),
      strength_{"", 1, 0, {}} {}

RunHistory::RunHistory(const protocol::RunStarted& run, const store::RunMemory* memory)
    : RunHistory() {
  run_id_ = run.run_id;
  strength_.run_id = run.run_id;
  if (memory == nullptr) return;
  for (const store::KeptUpdate& kept : memory->updates) learn(kept.metrics, kept.segment);
  for (const store::KeptEvaluation& kept : memory->evaluations) {
    measure(kept.evaluation, kept.segment);
  }
  segment_ = std::max(segment_, memory->segment);
}

void RunHistory::learn(const protocol::TrainerMetrics& update, int segment) {
  BucketTable::Row row(windows_.size());
  for (const protocol::MetricRow& known : protocol::kMetricTable) {
    const protocol::Number value = metric(update, known.metric);
    if (value) row[static_cast<std::size_t>(known.metric)] = Measurement::exact(*value);
  }
  if (!updates_.add(segment, update.update, row)) return;
  segment_ = segment;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i]) windows_[i].add(update.update, row[i]->value);
  }
}

void RunHistory::measure(const protocol::EvaluationFinished& evaluation) {
  measure(evaluation, segment_);
}

void RunHistory::measure(const protocol::EvaluationFinished& evaluation, int segment) {
  const std::vector<protocol::StrengthReading> readings = readings_of(evaluation);
  BucketTable::Row row(protocol::kMostStrengthLines);
  for (const protocol::StrengthReading& reading : readings) {
    const auto line = line_of(reading);
    if (!line) continue;
    const double value = reading.value;
    row[*line] = Measurement{value, std::min(value, reading.low.value_or(value)),
                             std::max(value, reading.high.value_or(value))};
  }
  if (!evaluations_.add(segment, evaluation.update, row)) return;
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    if (row[i]) lines_[i].window.add(evaluation.update, row[i]->value);
  }
  strength_ = {run_id_, segment, evaluation.update, readings};
}

std::optional<std::size_t> RunHistory::line_of(const protocol::StrengthReading& reading) {
  const auto found = std::find_if(lines_.begin(), lines_.end(), [&](const StrengthLine& line) {
    return line.measure == reading.measure && line.skill == reading.skill;
  });
  if (found != lines_.end()) return static_cast<std::size_t>(found - lines_.begin());
  if (lines_.size() == protocol::kMostStrengthLines) return std::nullopt;
  lines_.push_back({reading.measure, reading.skill});
  return lines_.size() - 1;
}

protocol::MetricsHistory RunHistory::view() const {
  protocol::MetricsHistory view{};
  view.run_id = run_id_;
  view.segment = segment_;
  view.forgotten = updates_.forgotten();
  view.updates = columns_of(updates_);
  for (const protocol::Metric metric : protocol::enumerators<protocol::Metric>()) {
    const auto index = static_cast<std::size_t>(metric);
    protocol::HistoryLine line =
        line_in(updates_, index, trend_of(windows_[index].points(), kLeastUpdates));
    if (!is_empty(line)) view.metrics.push_back({metric, std::move(line)});
  }
  view.evaluations = columns_of(evaluations_);
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const StrengthLine& line = lines_[i];
    protocol::HistoryLine drawn =
        line_in(evaluations_, i, trend_of(line.window.points(), kLeastMeasurements));
    if (!is_empty(drawn)) view.strength.push_back({line.measure, line.skill, std::move(drawn)});
  }
  return view;
}

}  // namespace keisei::studio

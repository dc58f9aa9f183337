#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <vector>

#include "protocol/telemetry.h"
#include "studio/content/content.h"
#include "studio/health/bands.h"

namespace keisei::studio {

/// The run's PPO updates in a bounded window, and what they mean.
///
/// The levels differ in what is shown: beginners get one sentence, each metric's state in words and
/// its picture, but no figures; intermediates get the figures and their meaning; the advanced level
/// adds losses, learning rate, gradient norm and comparisons with what theory expects.
class MetricsBoard {
 public:
  static constexpr std::size_t kWindow = 100;

  explicit MetricsBoard(const Content& content) : content_(content) {}

  /// Forgets the run before, unless it is the same one.
  void start_run(const std::string& run_id, double clip_epsilon);
  /// A trainer that resumes from a checkpoint counts from there: later updates are forgotten.
  void add(const protocol::TrainerMetrics& update);

  bool empty() const { return updates_.empty(); }
  /// Preconditions for both: not empty().
  const protocol::TrainerMetrics& latest() const { return updates_.back(); }
  protocol::PpoMetrics view(protocol::Level level, protocol::Language language) const;

 private:
  enum Metric { kl, clip, exploration, explained_variance, kMetricCount };

  protocol::Number value_of(const protocol::TrainerMetrics& update, Metric metric) const;
  protocol::MetricReading reading(Metric metric, protocol::Level level,
                                  protocol::Language language) const;
  std::string detail(Metric metric, protocol::Language language) const;
  protocol::EducationalContext summary(protocol::Level level, protocol::Language language) const;

  const Content& content_;
  std::string run_id_;
  double clip_epsilon_ = 0.2;
  std::deque<protocol::TrainerMetrics> updates_;
  // A poor forecast is usual early on: it takes longer to be called an alarm.
  std::vector<BandTracker> bands_ = fresh_bands();
  static std::vector<BandTracker> fresh_bands() {
    return {BandTracker(3), BandTracker(3), BandTracker(3), BandTracker(5)};
  }
};

}  // namespace keisei::studio

#pragma once

#include <string>

#include "protocol/messages.h"
#include "studio/content/content.h"
#include "studio/health/update_history.h"

namespace keisei::studio {

/// What a run's updates mean, in words and figures for each level.
///
/// The levels differ in what is shown: beginners get one sentence, each metric's state in words and
/// its picture, but no figures; intermediates get the figures and their meaning; the advanced level
/// adds losses, learning rate, gradient norm and comparisons with what theory expects.
class MetricsView {
 public:
  explicit MetricsView(const Content& content) : content_(content) {}

  /// Of a run without an update it says that it has none yet.
  protocol::PpoMetrics view(const UpdateHistory& history, protocol::Level level,
                            protocol::Language language) const;
  static Keys keys();

 private:
  protocol::MetricReading reading(const UpdateHistory& history, Reading which,
                                  protocol::Level level, protocol::Language language) const;
  std::string detail(const UpdateHistory& history, Reading which,
                     protocol::Language language) const;
  protocol::EducationalContext summary(const UpdateHistory& history, protocol::Level level,
                                       protocol::Language language) const;

  const Content& content_;
};

}  // namespace keisei::studio

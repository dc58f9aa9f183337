#pragma once

#include <string>

#include "protocol/messages.h"
#include "studio/content/content.h"
#include "studio/health/headline.h"
#include "studio/health/remarks.h"
#include "studio/health/update_history.h"
#include "studio/improvement/verdict.h"

namespace keisei::studio {

/// What a run's updates mean, in words and figures for each level.
///
/// The levels differ in what is shown: beginners get one sentence, and each metric's state and
/// meaning in plain words, but no figures; intermediates get the figures and their meaning; the
/// advanced level adds losses, learning rate, gradient norm and comparisons with what theory
/// expects.
///
/// A value is judged by itself (`newest`); words speak of the newest few and say so.
class MetricsView {
 public:
  explicit MetricsView(const Content& content)
      : content_(content), headline_(content), remarks_(content) {}

  /// Of a run without an update it says that it has none yet.
  protocol::PpoMetrics view(const UpdateHistory& history, const VerdictRule& strength,
                            protocol::Level level, protocol::Language language) const;
  static Keys keys();

 private:
  protocol::MetricReading reading(const UpdateHistory& history, Reading which,
                                  protocol::Level level, protocol::Language language) const;
  std::string guide_text(const UpdateHistory& history, Reading which,
                         protocol::Language language) const;
  std::string meaning(const UpdateHistory& history, Reading which, protocol::Level level,
                      protocol::Language language) const;
  std::string early_stops(const UpdateHistory& history, protocol::Language language) const;
  std::string detail(const UpdateHistory& history, Reading which,
                     protocol::Language language) const;

  const Content& content_;
  Headline headline_;
  Remarks remarks_;
};

}  // namespace keisei::studio

#pragma once

#include <chrono>

#include "studio/health/metrics_view.h"
#include "studio/health/update_history.h"
#include "studio/improvement/progress_watch.h"
#include "studio/leading_edge.h"
#include "studio/segment.h"

namespace keisei::studio {

/// `ppo_metrics`: every update of the run, and when another run begins, that it has none yet. Its
/// headline also says when evaluations have found that the network became weaker.
class HealthBoard final : public Segment {
 public:
  HealthBoard(const Content& content, std::chrono::milliseconds interval)
      : history_(content.thresholds()), view_(content), changes_(interval) {}

  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;
  SteadyTime due() const override { return changes_.due(); }
  Keys keys() const override { return MetricsView::keys(); }

 private:
  void begin(const RunBegan& began);
  void learn(const protocol::TrainerMetrics& update, int segment);

  UpdateHistory history_;
  ProgressWatch strength_;
  MetricsView view_;
  LeadingEdge changes_;
};

}  // namespace keisei::studio

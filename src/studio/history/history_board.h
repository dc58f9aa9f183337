#pragma once

#include <algorithm>
#include <chrono>

#include "studio/history/run_history.h"
#include "studio/leading_edge.h"
#include "studio/segment.h"

namespace keisei::studio {

struct HistoryIntervals {
  std::chrono::milliseconds strength;
  std::chrono::milliseconds history{10'000};  // nobody who watches waits for it
};

/// `metrics_history`: what a run has been through, for those who join; and `strength`, of every
/// evaluation, for those who are there.
class HistoryBoard final : public Segment {
 public:
  explicit HistoryBoard(const HistoryIntervals& intervals)
      : history_changes_(intervals.history), strength_changes_(intervals.strength) {}

  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;
  SteadyTime due() const override {
    return std::min(history_changes_.due(), strength_changes_.due());
  }

 private:
  RunHistory history_;
  LeadingEdge history_changes_;
  LeadingEdge strength_changes_;
};

}  // namespace keisei::studio

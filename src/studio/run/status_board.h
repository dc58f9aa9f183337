#pragma once

#include <chrono>

#include "studio/content/content.h"
#include "studio/leading_edge.h"
#include "studio/run/run.h"
#include "studio/run/show_figures.h"
#include "studio/run/trainer_link.h"
#include "studio/segment.h"

namespace keisei::studio {

struct StatusOptions {
  std::chrono::milliseconds interval{100};
  std::chrono::milliseconds silence_limit{6000};  // then training counts as paused
};

/// `system_status`: on every change of the trainer's link or the run, and at least once a second.
class StatusBoard final : public Segment {
 public:
  StatusBoard(const Content& content, const Clock& clock, const StatusOptions& options);

  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;
  SteadyTime due() const override;
  Keys keys() const override;

 private:
  void hear();
  protocol::SystemStatus view(SteadyTime now, protocol::Level level,
                              protocol::Language language) const;

  const Content& content_;
  const Clock& clock_;
  TrainerLink link_;
  Run run_;
  ShowFigures figures_;
  LeadingEdge changes_;
  SteadyTime next_;                  // once a second at the latest
  double heartbeat_emitted_at_ = 0;  // of one that is not shown yet
};

}  // namespace keisei::studio

#pragma once

#include <chrono>
#include <string>

#include "base/notices.h"
#include "studio/content/content.h"
#include "studio/leading_edge.h"
#include "studio/run/cadence.h"
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
/// Whoever runs the show is told when training falls silent, and when it is heard again.
class StatusBoard final : public Segment {
 public:
  StatusBoard(const Content& content, const Clock& clock, const StatusOptions& options,
              Notices& notices);

  void on(const Event& event) override;
  void advance(SteadyTime now, Air& air) override;
  SteadyTime due() const override;
  Keys keys() const override;

 private:
  void hear();
  void tell();
  protocol::Number expected(const Cadence& cadence, SteadyTime now) const;
  std::string cost_text(const protocol::HookView& hook, protocol::Language language) const;
  protocol::SystemStatus view(SteadyTime now, protocol::Level level,
                              protocol::Language language) const;

  const Content& content_;
  const Clock& clock_;
  Topic& trainer_;
  TrainerLink link_;
  Run run_;
  ShowFigures figures_;
  Cadence updates_;
  Cadence evaluations_;
  LeadingEdge changes_;
  protocol::TrainingState told_ = protocol::TrainingState::waiting;
  SteadyTime next_;  // once a second at the latest
};

}  // namespace keisei::studio

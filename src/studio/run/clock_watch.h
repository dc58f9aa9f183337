#pragma once

#include "base/notices.h"
#include "studio/segment.h"

namespace keisei::studio {

/// Tells people when the trainer's clock and this machine's are apart: what is
/// told with a time, such as when a run began, is then wrong.
class ClockWatch final : public Segment {
 public:
  /// Both outlive the segment.
  ClockWatch(const Clock& clock, Notices& notices);

  void on(const Event& event) override;
  void advance(SteadyTime, Air&) override {}

 private:
  void compare(double sent_at);

  const Clock& clock_;
  Topic& trainer_clock_;
  double ahead_s_ = 0;  // the trainer's, by the last heartbeat
  int alike_ = 0;       // heartbeats in a row that said so
};

}  // namespace keisei::studio

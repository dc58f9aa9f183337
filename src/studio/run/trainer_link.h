#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "base/clock.h"
#include "protocol/messages.h"
#include "protocol/telemetry.h"

namespace keisei::studio {

/// The connection to the trainer: whether training runs, and what its hook says of itself.
///
/// "Paused" means: the trainer's connection closed, as it does at once when the trainer dies, or
/// nothing at all was heard from it for `silence_limit` although its publisher speaks every second.
/// The limit is generous because that thread has the lowest priority: on a busy machine seconds may
/// pass between two heartbeats of a healthy run.
class TrainerLink {
 public:
  TrainerLink(const Clock& clock, std::chrono::milliseconds silence_limit);

  void join() { connected_ = true; }
  void leave();
  /// The trainer has said which run it is; `another` than the one before.
  void introduce(bool another);
  void hear(const protocol::Heartbeat& heartbeat) { heartbeat_ = heartbeat; }
  /// Call for everything the trainer says.
  void hear();

  /// Notices silence. Returns whether the state changed.
  bool advance(SteadyTime now);
  /// When silence would become a pause.
  SteadyTime due() const;

  protocol::TrainingState state() const { return state_; }
  /// Whether training runs but, on the operator's word, is not streamed.
  bool stopped() const;
  /// Seconds since the epoch: when the state began.
  double since() const { return since_; }
  /// Why training counts as paused, for whoever runs the show.
  std::string_view why_paused() const;
  protocol::HookView hook_view() const;
  /// The trainer's own measure; null unless it speaks.
  protocol::Number round_trip_ms() const;

 private:
  void enter(protocol::TrainingState state);

  const Clock& clock_;
  std::chrono::milliseconds silence_limit_;
  protocol::TrainingState state_ = protocol::TrainingState::waiting;
  double since_;
  bool connected_ = false;
  bool introduced_ = false;
  SteadyTime last_heard_{};
  std::optional<protocol::Heartbeat> heartbeat_;
};

}  // namespace keisei::studio

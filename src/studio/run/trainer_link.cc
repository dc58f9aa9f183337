#include "studio/run/trainer_link.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "protocol/drop_reason.h"

namespace keisei::studio {
namespace {

using protocol::TrainingState;

// A turn that comes so late says that this process did not run, not that the trainer said nothing.
constexpr std::chrono::seconds kOwnAbsence{1};

bool is_on_purpose(std::string_view key) {
  const std::optional<protocol::DropReason> reason = protocol::drop_reason_of(key);
  return reason && protocol::is_on_purpose(*reason);
}

}  // namespace

TrainerLink::TrainerLink(const Clock& clock, std::chrono::milliseconds silence_limit)
    : clock_(clock), silence_limit_(silence_limit), since_(unix_seconds(clock.wall())) {}

void TrainerLink::enter(TrainingState state) {
  if (state == state_) return;
  state_ = state;
  since_ = unix_seconds(clock_.wall());
}

void TrainerLink::leave() {
  connected_ = false;
  if (introduced_) enter(TrainingState::paused);
}

void TrainerLink::introduce(bool another) {
  introduced_ = true;
  if (another) heartbeat_.reset();
}

void TrainerLink::hear() {
  last_heard_ = clock_.steady();
  if (introduced_) enter(TrainingState::running);
}

bool TrainerLink::advance(SteadyTime now) {
  if (now < due()) return false;
  if (now - due() > kOwnAbsence) {
    last_heard_ = now;
    return false;
  }
  enter(TrainingState::paused);
  return true;
}

SteadyTime TrainerLink::due() const {
  return state_ == TrainingState::running ? last_heard_ + silence_limit_ : SteadyTime::max();
}

bool TrainerLink::stopped() const {
  return state_ == TrainingState::running && heartbeat_ && heartbeat_->stopped;
}

std::string_view TrainerLink::why_paused() const {
  return connected_ ? "its connection is open, but it says nothing" : "its connection has closed";
}

protocol::Number TrainerLink::round_trip_ms() const {
  if (!connected_ || state_ != TrainingState::running || !heartbeat_) return std::nullopt;
  return heartbeat_->round_trip_ms;
}

protocol::HookView TrainerLink::hook_view() const {
  protocol::HookView hook{};
  hook.connected = connected_;
  if (!heartbeat_) return hook;
  hook.emitted = heartbeat_->emitted;
  for (const auto& [key, count] : heartbeat_->dropped) {
    (is_on_purpose(key) ? hook.withheld : hook.dropped) += count;
  }
  hook.dropped = std::min(hook.dropped, protocol::kMaxInteger);
  hook.withheld = std::min(hook.withheld, protocol::kMaxInteger);
  hook.impact_pct = heartbeat_->impact_pct;
  hook.impact_low_pct = heartbeat_->impact_low_pct;
  hook.impact_high_pct = heartbeat_->impact_high_pct;
  hook.stage = heartbeat_->stage;
  hook.stopped = heartbeat_->stopped;
  return hook;
}

}  // namespace keisei::studio

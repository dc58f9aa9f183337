#include "studio/run/clock_watch.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

namespace keisei::studio {
namespace {

constexpr double kMostApart_s = 10;
// Heartbeats that were held up come all at once, and each seems a second
// younger than the last.
constexpr double kAlike_s = 0.5;
constexpr int kSure = 3;

}  // namespace

ClockWatch::ClockWatch(const Clock& clock, Notices& notices)
    : clock_(clock),
      trainer_clock_(notices.topic("trainer_clock", "telling the time as the trainer does")) {}

void ClockWatch::on(const Event& event) {
  match(
      event, [&](const TrainerJoined&) { alike_ = 0; },
      [&](const HeartbeatHeard& heard) { compare(heard.message.sent_at); });
}

void ClockWatch::compare(double sent_at) {
  const double ahead_s = sent_at - unix_seconds(clock_.wall());
  alike_ = alike_ > 0 && std::abs(ahead_s - ahead_s_) < kAlike_s ? alike_ + 1 : 1;
  ahead_s_ = ahead_s;
  if (std::abs(ahead_s) < kMostApart_s) return trainer_clock_.works();
  if (alike_ < kSure) return;
  trainer_clock_.fails(fmt::format("its clock is {:.0f} s {} this machine's", std::abs(ahead_s),
                                   ahead_s > 0 ? "ahead of" : "behind"));
}

}  // namespace keisei::studio

#include "studio/run/complaints.h"

#include <algorithm>
#include <utility>

#include "base/printable.h"

namespace keisei::studio {

using protocol::Unusable;

// By Unusable.
Complaints::Complaints(Notices& notices)
    : complaints_{{{&notices.topic("telemetry", "telemetry is refused")},
                   {&notices.topic("metrics", "a metric is not shown")},
                   {&notices.topic("games", "a game cannot be shown")},
                   {&notices.topic("choices", "a move of the policy is not shown")}}},
      operator_(notices.topic("operator_word", "the operator's word cannot be followed")) {}

void Complaints::on(const Event& event) {
  match(
      event,
      [&](const TrainerJoined& joined) {
        trainer_ = joined.session;
        for (Complaint& complaint : complaints_) complaint.times = 0;
      },
      [&](const TrainerLeft&) { trainer_.reset(); },
      [&](const RunBegan& began) { run_ = began.run.name; },
      [&](const RunResumed& resumed) { run_ = resumed.run.name; },
      [&](const WordRefused& refused) { operator_.happened(refused.why); },
      [&](const TelemetryWasted& wasted) {
        Complaint& complaint = complaints_[static_cast<std::size_t>(wasted.what)];
        complaint.why = printable(wasted.why);
        ++complaint.times;
        complaint.topic->happened(run_.empty() ? complaint.why
                                               : "run \"" + run_ + "\": " + complaint.why);
      });
}

void Complaints::advance(SteadyTime now, Air& air) {
  if (!trainer_) return;
  for (const Unusable what : protocol::enumerators<Unusable>()) {
    Complaint& complaint = complaints_[static_cast<std::size_t>(what)];
    if (complaint.times == 0 || now < complaint.next) continue;
    air.tell(*trainer_,
             protocol::TelemetryUnusable{what, complaint.why, std::exchange(complaint.times, 0)});
    complaint.next = now + kInterval;
  }
}

SteadyTime Complaints::due() const {
  SteadyTime due = SteadyTime::max();
  if (!trainer_) return due;
  for (const Complaint& complaint : complaints_) {
    if (complaint.times > 0) due = std::min(due, complaint.next);
  }
  return due;
}

}  // namespace keisei::studio

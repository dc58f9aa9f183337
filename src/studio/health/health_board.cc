#include "studio/health/health_board.h"

namespace keisei::studio {

namespace {

// The run as far as it is remembered: as if its updates had just been learned.
UpdateHistory remembered(const RunBegan& began) {
  UpdateHistory history(began.run.run_id, began.run.clip_epsilon);
  if (began.memory) {
    for (const store::KeptUpdate& kept : began.memory->updates) {
      history.add(kept.metrics, kept.segment);
    }
  }
  return history;
}

}  // namespace

void HealthBoard::on(const Event& event) {
  match(
      event,
      [&](const RunBegan& began) {
        const bool had_updates = !history_.empty();
        history_ = remembered(began);
        // Viewers would see the health of the run before under the name of this one.
        if (had_updates || !history_.empty()) changes_.outdated();
      },
      [&](const RunResumed& resumed) { history_.set_clip_epsilon(resumed.run.clip_epsilon); },
      [&](const UpdateLearned& learned) {
        history_.add(learned.metrics, learned.segment);
        changes_.changed();
      });
}

void HealthBoard::advance(SteadyTime now, Air& air) {
  if (!changes_.take(now)) return;
  air.send([&](protocol::Level level, protocol::Language language) {
    return view_.view(history_, level, language);
  });
}

}  // namespace keisei::studio

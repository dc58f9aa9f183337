#include "studio/health/health_board.h"

namespace keisei::studio {

void HealthBoard::on(const Event& event) {
  match(
      event,
      [&](const RunBegan& began) {
        // Viewers would see the health of the run before under the name of this one.
        if (!history_.empty()) changes_.outdated();
        history_ = UpdateHistory(began.run.clip_epsilon);
      },
      [&](const RunResumed& resumed) { history_.set_clip_epsilon(resumed.run.clip_epsilon); },
      [&](const UpdateLearned& learned) {
        history_.add(learned.metrics);
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

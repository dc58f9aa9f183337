#include "studio/health/health_board.h"

namespace keisei::studio {

// The run as far as it is remembered: as if it had just been told.
void HealthBoard::remember(const RunBegan& began) {
  history_ = UpdateHistory(history_.thresholds(), began.run.run_id, began.run.clip_epsilon);
  strength_ = {};
  if (!began.memory) return;
  for (const store::KeptUpdate& kept : began.memory->updates) {
    history_.add(kept.metrics, kept.segment);
  }
  for (const store::KeptEvaluation& kept : began.memory->evaluations) {
    strength_.hear(kept.evaluation);
  }
}

void HealthBoard::on(const Event& event) {
  match(
      event,
      [&](const RunBegan& began) {
        const bool had_updates = !history_.empty();
        remember(began);
        // Viewers would see the health of the run before under the name of this one.
        if (had_updates || !history_.empty()) changes_.outdated();
      },
      [&](const RunResumed& resumed) { history_.set_clip_epsilon(resumed.run.clip_epsilon); },
      [&](const UpdateLearned& learned) {
        history_.add(learned.metrics, learned.segment);
        changes_.changed();
      },
      [&](const Told<protocol::EvaluationFinished>& finished) {
        strength_.hear(finished.message);
        if (!history_.empty()) changes_.changed();
      });
}

void HealthBoard::advance(SteadyTime now, Air& air) {
  if (!changes_.take(now)) return;
  air.send([&](protocol::Level level, protocol::Language language) {
    return view_.view(history_, strength_, level, language);
  });
}

}  // namespace keisei::studio

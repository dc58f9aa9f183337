#include "studio/health/health_board.h"

namespace keisei::studio {

void HealthBoard::begin(const RunBegan& began) {
  history_ = UpdateHistory(history_.thresholds(), began.run.run_id, began.run.clip_epsilon);
  strength_ = {};
  if (!began.memory) return;
  strength_.remember(*began.memory);
  for (const store::KeptUpdate& kept : began.memory->updates) {
    history_.add(kept.metrics, kept.segment);
  }
}

void HealthBoard::learn(const protocol::TrainerMetrics& update, int segment) {
  if (segment != history_.segment()) strength_.go_back(update.update);
  history_.add(update, segment);
}

void HealthBoard::on(const Event& event) {
  match(
      event,
      [&](const RunBegan& began) {
        const bool had_updates = !history_.empty();
        begin(began);
        // Viewers would see the health of the run before under the name of this one.
        if (had_updates || !history_.empty()) changes_.outdated();
      },
      [&](const RunResumed& resumed) { history_.set_clip_epsilon(resumed.run.clip_epsilon); },
      [&](const UpdateLearned& learned) {
        learn(learned.metrics, learned.segment);
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
    return view_.view(history_, strength_.rule(), level, language);
  });
}

}  // namespace keisei::studio

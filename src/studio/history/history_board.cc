#include "studio/history/history_board.h"

namespace keisei::studio {

void HistoryBoard::on(const Event& event) {
  match(
      event,
      [&](const RunBegan& began) {
        history_ = RunHistory(began.run, began.memory.get());
        // Viewers would see the run before under the name of this one.
        history_changes_.outdated();
        strength_changes_.outdated();
      },
      [&](const UpdateLearned& learned) {
        history_.learn(learned.metrics, learned.segment);
        history_changes_.changed();
      },
      [&](const Told<protocol::EvaluationFinished>& finished) {
        history_.measure(finished.message);
        history_changes_.changed();
        strength_changes_.changed();
      });
}

void HistoryBoard::advance(SteadyTime now, Air& air) {
  if (history_changes_.take(now)) air.send_alike(history_.view());
  if (strength_changes_.take(now)) air.send_alike(history_.strength());
}

}  // namespace keisei::studio

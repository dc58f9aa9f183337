#include "studio/improvement/improvement_board.h"

#include <algorithm>

namespace keisei::studio {

void ImprovementBoard::play(const protocol::GameFinished& game) {
  if (const auto traits = traits_of(game, content_.castles())) styles_.add(game.update, *traits);
}

void ImprovementBoard::begin(const RunBegan& began) {
  run_id_ = began.run.run_id;
  segment_ = 1;
  progress_ = {};
  styles_.clear();
  if (!began.memory) return;
  segment_ = began.memory->segment;
  progress_.remember(*began.memory);
  const auto& games = began.memory->finished;
  for (std::size_t i = games.size() - std::min(games.size(), PlayStyles::kMost); i < games.size();
       ++i) {
    play(games[i].game);
  }
}

void ImprovementBoard::on(const Event& event) {
  match(
      event,
      [&](const RunBegan& began) {
        begin(began);
        // Viewers would see the run before under the name of this one.
        changes_.outdated();
      },
      [&](const UpdateLearned& learned) {
        if (learned.segment <= segment_) return;
        segment_ = learned.segment;
        progress_.go_back(learned.metrics.update);
        changes_.changed();
      },
      [&](const GameEnded& ended) { play(ended.game); },
      [&](const Told<protocol::EvaluationFinished>& finished) {
        progress_.hear(finished.message);
        changes_.changed();
      });
}

void ImprovementBoard::advance(SteadyTime now, Air& air) {
  if (!changes_.take(now)) return;
  air.send([&](protocol::Level level, protocol::Language language) {
    protocol::Improvement view =
        words_.write(progress_.log(), progress_.rule(), styles_, level, language);
    view.run_id = run_id_;
    view.segment = segment_;
    return view;
  });
}

}  // namespace keisei::studio

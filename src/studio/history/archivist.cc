#include "studio/history/archivist.h"

#include <algorithm>
#include <utility>

namespace keisei::studio {
namespace {

std::optional<int> rank_of(const protocol::MovePlayed& played) {
  const auto found = std::find_if(played.top.begin(), played.top.end(),
                                  [&](const auto& move) { return move.usi == played.usi; });
  if (found == played.top.end()) return std::nullopt;
  return static_cast<int>(found - played.top.begin()) + 1;
}

store::KeptMove kept(const std::string& run_id, const protocol::MovePlayed& played) {
  return {run_id,          played.game_id,     played.ply,   played.usi,
          played.update,   played.probability, played.value, played.entropy,
          rank_of(played), played.legal_moves};
}

}  // namespace

void Archivist::on(const Event& event) {
  match(
      event,
      [&](const RunBegan& began) {
        run_id_ = began.run.run_id;
        segment_ = began.memory ? began.memory->segment : 1;
        entries_.emplace_back(store::KeptRun{began.run});
      },
      [&](const RunResumed& resumed) { entries_.emplace_back(store::KeptRun{resumed.run}); },
      [&](const UpdateLearned& learned) {
        segment_ = learned.segment;
        entries_.emplace_back(store::KeptUpdate{run_id_, segment_, learned.metrics});
      },
      [&](const MovePlayed& played) { entries_.emplace_back(kept(run_id_, played.message)); },
      [&](const GameEnded& ended) {
        entries_.emplace_back(store::KeptGame{run_id_, segment_, ended.game});
      },
      [&](const Told<protocol::EvaluationFinished>& finished) {
        entries_.emplace_back(store::KeptEvaluation{run_id_, segment_, finished.message});
      },
      [&](const Told<protocol::CheckpointSaved>& saved) {
        entries_.emplace_back(store::KeptCheckpoint{run_id_, segment_, saved.message});
      });
}

void Archivist::advance(SteadyTime, Air& air) {
  for (store::Entry& entry : std::exchange(entries_, {})) air.keep(std::move(entry));
}

}  // namespace keisei::studio

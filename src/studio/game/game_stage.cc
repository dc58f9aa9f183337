#include "studio/game/game_stage.h"

namespace keisei::studio {

void GameStage::on(const Event& event) {
  match(
      event, [&](const RunBegan&) { director_.start_run(); },
      [&](const RunResumed&) { director_.library().reconnect(); },
      [&](const MovePlayed& played) { director_.library().add(played.message); },
      [&](const GameEnded& ended) { director_.library().add(ended.game); },
      [&](const ActivityCaptured& captured) { director_.library().add(captured.message); });
}

void GameStage::advance(SteadyTime now, Air& air) {
  if (!director_.advance(now)) return;
  const auto scene = std::make_shared<const Scene>(*director_.scene());
  const auto facts = std::make_shared<const SceneFacts>(facts_of(*scene));
  air.send([&](protocol::Level level, protocol::Language language) {
    return view_.game_state(*scene, *facts, director_.per_move(), level, language);
  });
  air.send([&](protocol::Level level, protocol::Language language) {
    return view_.move_predictions(*scene, *facts, level, language);
  });
  air.announce(SceneShown{scene, facts});
}

}  // namespace keisei::studio

#include "studio/game/game_stage.h"

namespace keisei::studio {

void GameStage::on(const Event& event) {
  match(
      event,
      [&](const RunBegan&) {
        director_.start_run();
        goes_off_ = on_air_;
      },
      [&](const HeartbeatHeard& heard) { director_.library().hear(heard.message); },
      [&](const RunResumed&) { director_.library().reconnect(); },
      [&](const MovePlayed& played) { director_.library().add(played.message); },
      [&](const GameEnded& ended) { director_.library().add(ended.game); },
      [&](const GameRepeated& ended) { director_.library().repeat(ended.message); },
      [&](const ActivityCaptured& captured) { director_.library().add(captured.message); });
}

void GameStage::advance(SteadyTime now, Air& air) {
  for (TelemetryWasted& wasted : std::exchange(skipped_, {})) air.announce(std::move(wasted));
  if (std::exchange(goes_off_, false)) go_off(air);
  if (!director_.advance(now)) return;
  on_air_ = true;
  const auto scene = std::make_shared<const Scene>(*director_.scene());
  const auto facts = std::make_shared<SceneFacts>(facts_of(*scene, reader_));
  facts->remarks = chooser_.choose(*scene, *facts);
  air.send([&](protocol::Level level, protocol::Language language) {
    return view_.game_state(*scene, *facts, director_.per_move(), level, language);
  });
  air.send([&](protocol::Level level, protocol::Language language) {
    return view_.move_predictions(*scene, *facts, level, language);
  });
  air.announce(SceneShown{scene, facts});
}

void GameStage::go_off(Air& air) {
  on_air_ = false;
  air.send(
      [&](protocol::Level, protocol::Language) { return GameView::no_game(director_.per_move()); });
  air.send([](protocol::Level, protocol::Language) { return protocol::MovePredictions{}; });
}

}  // namespace keisei::studio

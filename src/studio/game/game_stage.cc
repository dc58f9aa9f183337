#include "studio/game/game_stage.h"

#include <chrono>

namespace keisei::studio {
namespace {

// The others are the trainer's business.
bool is_of_the_game(protocol::Command command) {
  return command != protocol::Command::stop_streaming &&
         command != protocol::Command::resume_streaming;
}

}  // namespace

void GameStage::on(const Event& event) {
  match(
      event,
      [&](const RunBegan& began) {
        director_.start_run(began.memory.get());
        goes_off_ = scene_ != nullptr;
      },
      [&](const HeartbeatHeard& heard) { director_.library().hear(heard.message); },
      [&](const RunResumed&) { director_.library().reconnect(); },
      [&](const MovePlayed& played) { director_.library().add(played.message); },
      [&](const GameEnded& ended) { director_.library().add(ended.game); },
      [&](const GameRepeated& ended) { director_.library().repeat(ended.message); },
      [&](const ActivityCaptured& captured) { director_.library().add(captured.message); },
      [&](const FirstSeen& first) { director_.library().mark_first(first.game_id); },
      [&](const broker::OperatorSaid& said) {
        if (is_of_the_game(said.command)) words_.push_back(said);
      });
}

void GameStage::advance(SteadyTime now, Air& air) {
  for (TelemetryWasted& wasted : std::exchange(skipped_, {})) air.announce(std::move(wasted));
  if (std::exchange(goes_off_, false)) go_off(air);
  bool is_new = false;
  const auto words = std::exchange(words_, {});
  for (const broker::OperatorSaid& word : words) is_new |= follow(word, now, air);
  is_new |= director_.advance(now);
  if (is_new) {
    show_scene(now, air);
  } else if (!words.empty()) {
    // The same, at another pace or standing still.
    scene_ ? send(now, air) : send_no_game(air);
  }
}

bool GameStage::follow(const broker::OperatorSaid& word, SteadyTime now, Air& air) {
  const auto refuse = [&](std::string why) { air.announce(WordRefused{std::move(why)}); };
  if (!word.keeps_pace_rule()) {
    refuse(std::string(word.kPaceRule));
    return false;
  }
  switch (word.command) {
    case protocol::Command::stop_streaming:
    case protocol::Command::resume_streaming:
      return false;
    case protocol::Command::pause_game:
      director_.hold(now);
      return false;
    case protocol::Command::play_game:
      director_.go_on(now);
      return false;
    case protocol::Command::step_game:
      if (director_.step(now)) return true;
      refuse("step_game: the trainer has not told yet what comes next");
      return false;
    case protocol::Command::next_game:
      if (director_.skip(now)) return true;
      refuse("next_game: there is no other game yet");
      return false;
    case protocol::Command::follow_live:
      return director_.follow_live(now);
    case protocol::Command::set_pace:
      using Seconds = std::chrono::duration<double>;
      director_.set_pace(
          std::chrono::round<std::chrono::milliseconds>(Seconds(*word.seconds_per_move)), now);
      return false;
  }
  return false;
}

void GameStage::show_scene(SteadyTime now, Air& air) {
  scene_ = std::make_shared<const Scene>(*director_.scene());
  const auto facts = std::make_shared<SceneFacts>(facts_of(*scene_, reader_));
  facts->remarks = chooser_.choose(*scene_, *facts);
  moment_ = drama_.watch(*scene_, *facts, now);
  if (moment_) director_.linger();
  facts_ = facts;
  send(now, air);
  air.send([&](protocol::Level level, protocol::Language language) {
    return view_.move_predictions(*scene_, *facts_, level, language);
  });
  air.announce(SceneShown{scene_, facts_});
}

void GameStage::send(SteadyTime now, Air& air) const {
  Showing showing{
      .per_move = director_.per_move(), .is_held = director_.is_held(), .drama = moment_};
  if (const auto next = director_.next_at()) {
    showing.next_at = air.timestamp() + std::chrono::duration<double>(*next - now).count();
  }
  air.send([&](protocol::Level level, protocol::Language language) {
    return view_.game_state(*scene_, *facts_, showing, level, language);
  });
}

void GameStage::send_no_game(Air& air) const {
  air.send([&](protocol::Level, protocol::Language) {
    auto state = GameView::no_game(director_.per_move());
    state.held = director_.is_held();
    return state;
  });
}

void GameStage::go_off(Air& air) {
  scene_.reset();
  send_no_game(air);
  air.send([](protocol::Level, protocol::Language) { return protocol::MovePredictions{}; });
}

}  // namespace keisei::studio

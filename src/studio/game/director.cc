#include "studio/game/director.h"

#include <algorithm>
#include <utility>

#include "studio/game/moments.h"

namespace keisei::studio {

void Director::start_run(const store::RunMemory* memory) {
  library_.begin(memory);
  scene_.reset();
  place_.reset();
}

bool Director::advance(SteadyTime now) {
  const bool changed = move_on(now);
  waiting_ = !changed && now >= next_;
  return changed;
}

bool Director::move_on(SteadyTime now) {
  if (!scene_) return !is_held_ && next_game(now);
  if (scene_->game->broken() && next_game(now)) return true;
  if (is_held_ || now < next_) return false;
  if (go_further(now)) return true;
  return (scene_->looks_back || place().over || now >= since_ + moves(kLongestStill)) &&
         look_back(now);
}

bool Director::go_further(SteadyTime now) {
  if (place().over) return has_looked_back_ && next_game(now);
  if (shown_unfinished_ && now >= begun_ + moves(kShortestShow) && cut(now)) return true;
  if (!can_play()) return has_moved_on() && next_game(now);
  play(now);
  return true;
}

// The next game's first moves may overtake the end of this one, but no more. By their numbers alone
// that would not be seen if one of them were wrong.
bool Director::has_moved_on() const { return library_.begun() >= begun_before_ + 2; }

// While it waits for the trainer, the trainer's next event will call advance().
SteadyTime Director::due() const {
  if (!scene_ || is_held_) return SteadyTime::max();
  return waiting_ ? std::max(next_, since_ + moves(kLongestStill)) : next_;
}

std::optional<SteadyTime> Director::next_at() const {
  if (!scene_ || is_held_) return std::nullopt;
  const bool is_known = scene_->looks_back || place().over || can_play();
  return is_known ? std::optional(next_) : std::nullopt;
}

bool Director::next_game(SteadyTime now) {
  auto pick = Taste::choose(library_, pace(), moves(kLongestShow));
  if (!pick) {
    auto game = library_.newest_unfinished();
    if (!game) return false;
    const int from = game->first_ply();
    pick = Pick{std::move(game), from, {.what = protocol::PickReason::live}};
  }
  show(*std::move(pick), now);
  return true;
}

// Leaves an unfinished game. One that has been finished itself meanwhile goes on if its end is
// near, and is otherwise joined nearer to its end.
bool Director::cut(SteadyTime now) {
  const Scene& at = place();
  if (at.game->complete()) {
    shown_unfinished_ = false;
    const ShowPlan plan = plan_of(*at.game, pace(), library_.suspense(), moves(kLongestShow));
    if (plan.from <= at.ply) return false;
    show({at.game, plan.from, at.why}, now);
    return true;
  }
  auto pick = Taste::choose(library_, pace(), moves(kLongestShow));
  if (!pick) return false;
  show(*std::move(pick), now);
  return true;
}

void Director::show(Pick pick, SteadyTime now) {
  library_.show(*pick.game);
  shown_unfinished_ = !pick.game->complete();
  begun_before_ = library_.begun();
  begun_ = now;
  has_looked_back_ = false;
  place_.reset();
  const bool is_same = scene_ && scene_->game == pick.game;
  scene_ = first_scene(std::move(pick.game), pick.from, pick.why);
  // Of a game that goes on further ahead viewers have seen the beginning.
  stay(is_same ? pace().recap() / 2 : hold_of(*scene_), now);
}

void Director::play(SteadyTime now) {
  if (place_) scene_ = *std::exchange(place_, std::nullopt);
  scene_->play();
  stay(hold_of(*scene_), now);
}

// From one moment to the next, and back to where the game is.
bool Director::look_back(SteadyTime now) {
  if (!scene_->looks_back) {
    const bool is_first = scene_->over && !std::exchange(has_looked_back_, scene_->over);
    const auto chosen = moments_of(*scene_->game, scene_->ply - 1, is_first ? 1 : kMoments);
    moments_.assign(chosen.begin(), chosen.end());
    if (moments_.empty()) {
      since_ = now;  // nothing has moved yet: it waits on
      return scene_->over && next_game(now);
    }
    place_ = scene_;
  } else if (moments_.empty()) {
    scene_ = *std::exchange(place_, std::nullopt);
    stay(hold_of(*scene_), now);
    return true;
  }
  scene_ = studio::look_back(place_->game, moments_.front(), place_->why);
  moments_.pop_front();
  stay(pace().look_back(), now);
  return true;
}

void Director::stay(std::chrono::milliseconds time, SteadyTime now) {
  since_ = now;
  next_ = now + time;
}

std::chrono::milliseconds Director::hold_of(const Scene& scene) const {
  if (scene.over) return moves(kResult);
  if (scene.move) {
    return scene.game->decision(scene.ply) != nullptr ? pace().hold(*scene.game, scene.ply)
                                                      : per_move_;
  }
  return scene.joined ? pace().recap() : pace().start();
}

void Director::set_pace(std::chrono::milliseconds per_move, SteadyTime now) {
  per_move_ = per_move;
  if (scene_) stay(scene_->looks_back ? pace().look_back() : hold_of(*scene_), now);
}

void Director::hold(SteadyTime now) {
  if (!std::exchange(is_held_, true)) held_since_ = now;
}

// A game gives way to another for the time that it was shown, not for that which it stood still.
void Director::go_on(SteadyTime now) {
  if (!std::exchange(is_held_, false) || !scene_) return;
  begun_ += now - std::max(held_since_, begun_);
  next_ = now;
}

bool Director::step(SteadyTime now) {
  if (!step_on(now)) return false;
  hold(now);
  return true;
}

// Move by move, to the end of a game that would otherwise give way to another.
bool Director::step_on(SteadyTime now) {
  if (!scene_) return next_game(now);
  if (place().over) return go_further(now) || look_back(now);
  if (!can_play()) return go_further(now);
  play(now);
  return true;
}

bool Director::follow_live(SteadyTime now) {
  is_held_ = false;
  per_move_ = options_.per_move;
  auto game = library_.newest_unfinished();
  if (!game && scene_ && !place().game->finish()) game = place().game;
  if (!game) return next_game(now);
  const int from = game->last_ply() - 1;
  show({std::move(game), from, {.what = protocol::PickReason::live}}, now);
  return true;
}

}  // namespace keisei::studio

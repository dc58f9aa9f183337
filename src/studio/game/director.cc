#include "studio/game/director.h"

#include <algorithm>
#include <utility>

namespace keisei::studio {

void Director::start_run() {
  library_.clear();
  scene_.reset();
}

bool Director::advance(SteadyTime now) {
  const bool changed = move_on(now);
  waiting_ = !changed && now >= next_;
  return changed;
}

bool Director::move_on(SteadyTime now) {
  if (!scene_) return next_game(now);
  const FeaturedGame& game = *scene_->game;
  if (game.broken()) return next_game(now);
  if (now < next_) return false;
  if (scene_->over) return next_game(now);
  if (shown_unfinished_ && moves_shown_ >= options_.shown_before_cut && cut(now)) return true;
  if (!game.can_show(scene_->ply + 1)) return has_moved_on() && next_game(now);
  step(now);
  return true;
}

// The next game's first moves may overtake the end of this one, but no more. By their numbers alone
// that would not be seen if one of them were wrong.
bool Director::has_moved_on() const { return library_.begun() >= begun_before_ + 2; }

// While it waits for the trainer, the trainer's next event will call advance().
SteadyTime Director::due() const { return scene_ && !waiting_ ? next_ : SteadyTime::max(); }

bool Director::next_game(SteadyTime now) {
  auto game = library_.best_finished();
  if (!game) game = library_.newest_unfinished();
  if (!game) return false;
  show(std::move(game), now);
  return true;
}

// Leaves an unfinished game. One that has been finished itself meanwhile goes on if its end is
// near, and is otherwise joined nearer to its end.
bool Director::cut(SteadyTime now) {
  const auto current = scene_->game;
  if (current->complete()) {
    shown_unfinished_ = false;
    if (current->last_ply() - scene_->ply <= options_.longest_show) return false;
    show(current, now);
    return true;
  }
  auto finished = library_.best_finished();
  if (!finished) return false;
  show(std::move(finished), now);
  return true;
}

void Director::show(GameLibrary::Game game, SteadyTime now) {
  library_.show(*game);
  Scene scene;
  scene.game = std::move(game);
  const FeaturedGame& shown = *scene.game;
  scene.ply = shown.first_ply();
  scene.position = shown.start();
  const int target = shown.complete()
                         ? std::max(shown.first_ply(), shown.last_ply() - options_.longest_show)
                         : shown.first_ply();
  while (scene.ply < target) {
    scene.last_to = shown.decision(scene.ply)->move.to();
    scene.position.do_move(shown.decision(scene.ply)->move);
    ++scene.ply;
  }
  scene.joined = scene.ply > 0;
  shown_unfinished_ = !shown.complete();
  moves_shown_ = 0;
  begun_before_ = library_.begun();
  scene_ = std::move(scene);
  next_ = now + options_.per_move;
}

void Director::step(SteadyTime now) {
  Scene& scene = *scene_;
  const shogi::Move move = scene.game->decision(scene.ply)->move;
  if (scene.move) scene.last_to = scene.move->to();
  scene.before = scene.position;
  scene.move = move;
  scene.position.do_move(move);
  ++scene.ply;
  ++moves_shown_;
  scene.joined = false;
  scene.over = scene.game->complete() && scene.ply == scene.game->last_ply();
  next_ = now + (scene.over ? options_.result_pause : options_.per_move);
}

}  // namespace keisei::studio

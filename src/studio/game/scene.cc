#include "studio/game/scene.h"

#include <utility>

namespace keisei::studio {

void Scene::play() {
  const shogi::Move next = game->decision(ply)->move;
  if (move) last_to = move->to();
  before = position;
  move = next;
  position.do_move(next);
  ++ply;
  joined = false;
  over = game->complete() && ply == game->last_ply();
}

Scene first_scene(GameLibrary::Game game, int ply, const Reason& why) {
  Scene scene;
  scene.ply = game->first_ply();
  scene.position = game->start();
  for (; scene.ply < ply; ++scene.ply) {
    const shogi::Move move = game->decision(scene.ply)->move;
    scene.last_to = move.to();
    scene.position.do_move(move);
  }
  scene.joined = ply > 0;
  scene.why = why;
  scene.game = std::move(game);
  return scene;
}

Scene look_back(GameLibrary::Game game, int ply, const Reason& why) {
  Scene scene = first_scene(std::move(game), ply - 1, why);
  scene.play();
  scene.over = false;
  scene.looks_back = true;
  return scene;
}

}  // namespace keisei::studio

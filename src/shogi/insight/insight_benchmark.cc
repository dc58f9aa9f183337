#include <stdexcept>

#include "harness/measure.h"
#include "shogi/game.h"
#include "shogi/insight/castles.h"
#include "shogi/insight/exchange.h"
#include "shogi/insight/king_safety.h"
#include "shogi/insight/mate.h"
#include "shogi/insight/material.h"
#include "shogi/insight/move_reader.h"
#include "shogi/insight/openings.h"
#include "shogi/insight/tactics.h"

namespace {

using keisei::shogi::Color;
using keisei::shogi::Game;
using keisei::shogi::Move;
using keisei::shogi::Position;
namespace harness = keisei::harness;

struct Scene {
  Position before;
  Move move;
};

/// Every seventh ply of random games: openings, endgames and full hands alike.
std::vector<Scene> scenes(std::size_t count) {
  harness::FastRandom random;
  std::vector<Scene> scenes;
  while (scenes.size() < count) {
    Game game;
    while (!game.is_over()) {
      const Move move = game.legal_moves()[random.below(game.legal_moves().size())];
      if (game.ply() % 7 == 0) scenes.push_back({game.position(), move});
      game.play(move);
    }
  }
  return scenes;
}

/// All that a commentator asks about one move; the sum keeps the compiler from leaving things out.
std::size_t comment_on(const Scene& scene, const keisei::shogi::Castles& castles) {
  namespace shogi = keisei::shogi;
  std::size_t seen = shogi::tactics_of(scene.before, scene.move).discovered.size();
  Position after = scene.before;
  after.do_move(scene.move);
  for (const Color color : {Color::black, Color::white}) {
    seen += static_cast<std::size_t>(shogi::material(after, color).total());
    seen += shogi::hanging_pieces(after, color).size() + shogi::forks(after, color).size();
    seen += shogi::pins(after, color).size();
    seen += static_cast<std::size_t>(shogi::king_safety(after, color).exposed.count());
    if (const auto castle = castles.best(after, color)) seen += castle->id.size();
  }
  if (shogi::mate_in_one(scene.before)) ++seen;
  return seen + shogi::find_mate(after, 3).nodes + shogi::find_mate_threat(after, 1).nodes;
}

std::vector<harness::Measurement> measurements() {
  const auto castles =
      keisei::shogi::Castles::load(KEISEI_SOURCE_DIR "/content/castles.json").value();
  const auto openings =
      keisei::shogi::Openings::load(KEISEI_SOURCE_DIR "/content/openings.json").value();
  return {{"positions_per_s", std::nullopt,
           [castles, scenes = scenes(5000)] {
             std::size_t seen = 0;
             const double begin = harness::thread_seconds();
             for (const Scene& scene : scenes) seen += comment_on(scene, castles);
             const double seconds = harness::thread_seconds() - begin;
             if (seen == 0) throw std::logic_error("the commentator sees nothing");
             return static_cast<double>(scenes.size()) / seconds;
           }},
          {"moves_read_per_s", std::nullopt, [castles, openings, scenes = scenes(5000)] {
             const keisei::shogi::MoveReader reader(castles, openings);
             std::size_t facts = 0;
             const double begin = harness::thread_seconds();
             for (const Scene& scene : scenes) {
               facts += reader.read(scene.before, scene.move, std::nullopt).size();
             }
             const double seconds = harness::thread_seconds() - begin;
             if (facts == 0) throw std::logic_error("nothing is true of any move");
             return static_cast<double>(scenes.size()) / seconds;
           }}};
}

}  // namespace

int main(int argc, char** argv) {
  return harness::run_benchmark(argc, argv, "shogi.insight",
                                "Comments on moves of random games on one thread.", measurements);
}

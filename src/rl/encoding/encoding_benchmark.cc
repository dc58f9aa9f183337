// How fast positions become what the network sees.
#include <memory>
#include <stdexcept>

#include "harness/measure.h"
#include "rl/encoding/encoding.h"
#include "rl/encoding/legal_mask.h"
#include "shogi/game.h"

namespace {

namespace harness = keisei::harness;
namespace rl = keisei::rl;
using keisei::shogi::Game;
using keisei::shogi::MoveList;
using keisei::shogi::Position;

constexpr int kMaxPlies = 512;

struct Scene {
  Position position;
  MoveList moves;
  int occurrences;
};

/// Every seventh position of random games; few enough to stay in the cache, as those of self-play
/// do. The game has their legal moves already.
std::vector<Scene> scenes() {
  constexpr std::size_t kScenes = 256;
  harness::FastRandom random;
  std::vector<Scene> scenes;
  while (scenes.size() < kScenes) {
    Game game;
    while (!game.is_over() && scenes.size() < kScenes) {
      if (game.ply() % 7 == 0) {
        scenes.push_back({game.position(), game.legal_moves(), game.repetitions()});
      }
      game.play(game.legal_moves()[random.below(game.legal_moves().size())]);
    }
  }
  return scenes;
}

struct Encoded {
  alignas(64) std::array<float, rl::kPlaneFloats> planes{};
  rl::LegalMask mask;
};

/// Something of the planes and the mask that is 1 in both, wherever the position has it.
double checksum(const Encoded& encoded, const Scene& scene) {
  const auto mover = scene.position.side_to_move();
  const auto king = rl::mover_square(scene.position.king_square(mover), mover);
  const auto action = rl::action_of(scene.moves[scene.moves.size() / 2], mover);
  return encoded.planes[static_cast<std::size_t>(king * rl::kPlanes + 7)] +
         encoded.mask.entries()[static_cast<std::size_t>(action)];
}

/// Million positions per second.
double encode(const std::vector<Scene>& scenes, Encoded& encoded) {
  constexpr int kTimes = 1000;
  double sum = 0;
  const double begin = harness::thread_seconds();
  for (int i = 0; i < kTimes; ++i) {
    for (const Scene& scene : scenes) {
      rl::encode_planes(scene.position, scene.occurrences, kMaxPlies, encoded.planes);
      encoded.mask.set(scene.moves, scene.position.side_to_move());
      sum += checksum(encoded, scene);
    }
  }
  const double seconds = harness::thread_seconds() - begin;
  const auto positions = static_cast<double>(kTimes) * static_cast<double>(scenes.size());
  if (sum != 2 * positions) throw std::logic_error("positions are encoded wrongly");
  return positions / seconds / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  return harness::run_benchmark(
      argc, argv, "shogi.encode",
      "Encodes positions of random games: 46 planes and the legal mask.",
      []() -> std::vector<harness::Measurement> {
        return {{"mpositions_per_s", harness::at_least(4),
                 [encoded = std::make_shared<Encoded>(), scenes = scenes()] {
                   return encode(scenes, *encoded);
                 }}};
      });
}

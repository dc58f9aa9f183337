#include "harness/measure.h"
#include "shogi/game.h"

namespace {

using keisei::shogi::Game;
namespace harness = keisei::harness;

struct Played {
  double plies_per_s;
  double games_per_s;
};

/// Uniformly random legal games to their end, at most 512 plies, by all rules.
Played play_games(int games) {
  harness::FastRandom random;
  long plies = 0;
  const double begin = harness::thread_seconds();
  for (int i = 0; i < games; ++i) {
    Game game;
    while (!game.is_over()) {
      const auto& moves = game.legal_moves();
      game.play(moves[random.below(moves.size())]);
    }
    plies += game.ply();
  }
  const double seconds = harness::thread_seconds() - begin;
  return {static_cast<double>(plies) / seconds, games / seconds};
}

std::vector<harness::Measurement> measurements() {
  constexpr int kGames = 1000;
  return {
      {"mplies_per_s", harness::at_least(2), [] { return play_games(kGames).plies_per_s / 1e6; }},
      {"games_per_s", std::nullopt, [] { return play_games(kGames).games_per_s; }},
  };
}

}  // namespace

int main(int argc, char** argv) {
  return harness::run_benchmark(argc, argv, "shogi.rollout",
                                "Plays random games by all rules on one thread.", measurements);
}

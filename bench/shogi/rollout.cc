#include "shogi/game.h"

#include "benches.h"

namespace {

using keisei::shogi::Game;

struct Played {
  double plies_per_s;
  double games_per_s;
};

/// Uniformly random legal games to their end, at most 512 plies, by all rules.
Played play_games(int games) {
  FastRandom random;
  long plies = 0;
  const double begin = thread_seconds();
  for (int i = 0; i < games; ++i) {
    Game game;
    while (!game.is_over()) {
      const auto& moves = game.legal_moves();
      game.play(moves[random.below(moves.size())]);
    }
    plies += game.ply();
  }
  const double seconds = thread_seconds() - begin;
  return {static_cast<double>(plies) / seconds, games / seconds};
}

}  // namespace

std::vector<Measurement> rollout_measurements() {
  constexpr int kGames = 1000;
  return {
      {"mplies_per_s", 2.0, [] { return play_games(kGames).plies_per_s / 1e6; }},
      {"games_per_s", std::nullopt, [] { return play_games(kGames).games_per_s; }},
  };
}

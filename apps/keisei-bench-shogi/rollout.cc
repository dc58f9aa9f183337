#include "measurement.h"
#include "shogi/game.h"

namespace {

using keisei::shogi::Game;

struct Played {
  double plies_per_s;
  double games_per_s;
};

/// A number below `count`, by multiplication instead of division.
class Random {
 public:
  std::size_t below(std::size_t count) {
    state_ ^= state_ << 13;
    state_ ^= state_ >> 7;
    state_ ^= state_ << 17;
    return static_cast<std::size_t>(((state_ & 0xFFFFFFFF) * count) >> 32);
  }

 private:
  std::uint64_t state_ = 0x9E3779B97F4A7C15;  // xorshift64 (Marsaglia 2003)
};

/// Uniformly random legal games to their end, at most 512 plies, by all rules.
Played play_games(int games) {
  Random random;
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

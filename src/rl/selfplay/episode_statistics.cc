#include "rl/selfplay/episode_statistics.h"

namespace keisei::rl {

void EpisodeStatistics::add(const shogi::Game& finished) {
  const shogi::GameResult result = *finished.result();
  ++games;
  plies += finished.ply();
  ++ended_by[static_cast<std::size_t>(result.reason)];
  if (result.winner == shogi::Color::black) ++black_wins;
  if (result.winner == shogi::Color::white) ++white_wins;
}

EpisodeStatistics& EpisodeStatistics::operator+=(const EpisodeStatistics& other) {
  games += other.games;
  plies += other.plies;
  black_wins += other.black_wins;
  white_wins += other.white_wins;
  for (std::size_t i = 0; i < kReasons; ++i) ended_by[i] += other.ended_by[i];
  return *this;
}

}  // namespace keisei::rl

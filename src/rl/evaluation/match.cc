#include "rl/evaluation/match.h"

#include <span>
#include <vector>

#include "rl/selfplay/step_manager.h"

namespace keisei::rl {
namespace {

struct MatchGame {
  Environment environment;
  shogi::Color player;
};

// One ply of every game; null plays at random.
void play_ply(std::vector<MatchGame*>& games, const Player* player, const StepManager& steps,
              PositionBatch& batch, PolicyOutput& output) {
  if (games.empty()) return;
  batch.clear(static_cast<int>(games.size()));
  if (player != nullptr) {
    for (const MatchGame* game : games) steps.encode(game->environment, batch);
    player->evaluate(batch, output);
  }
  for (std::size_t i = 0; i < games.size(); ++i) {
    Environment& environment = games[i]->environment;
    const shogi::MoveList& legal = environment.game.legal_moves();
    std::size_t chosen = 0;
    if (player == nullptr) {
      chosen = environment.random.below(static_cast<std::uint32_t>(legal.size()));
    } else {
      const auto begin = static_cast<std::size_t>(batch.offsets[i]);
      const auto probabilities =
          std::span<const float>(output.log_probabilities).subspan(begin, legal.size());
      chosen = static_cast<std::size_t>(sample_move(probabilities, environment.random));
    }
    environment.game.play(legal[chosen]);
  }
}

MatchScore play_share(const Player& player, const Player* opponent, const StepManager& steps,
                      Share share, std::uint64_t seed, const std::stop_token& stop) {
  std::vector<MatchGame> games;
  for (int i = share.begin; i < share.end; ++i) {
    games.push_back({Environment(stream_seed(seed, static_cast<std::uint64_t>(i)), steps.rules()),
                     i % 2 == 0 ? shogi::Color::black : shogi::Color::white});
  }
  PositionBatch batch;
  PolicyOutput output;
  std::vector<MatchGame*> own, other;
  while (!stop.stop_requested()) {
    own.clear();
    other.clear();
    for (MatchGame& game : games) {
      if (game.environment.game.is_over()) continue;
      const bool player_moves = game.environment.game.position().side_to_move() == game.player;
      (player_moves ? own : other).push_back(&game);
    }
    if (own.empty() && other.empty()) break;
    play_ply(own, &player, steps, batch, output);
    play_ply(other, opponent, steps, batch, output);
  }
  MatchScore score;
  for (const MatchGame& game : games) {
    if (!game.environment.game.is_over()) continue;
    const auto winner = game.environment.game.result()->winner;
    score.plies += game.environment.game.ply();
    ++(!winner ? score.draws : *winner == game.player ? score.wins : score.losses);
  }
  return score;
}

MatchScore play(const Player& player, const Player* opponent, WorkerPool& pool,
                const Options& options, int games, std::uint64_t seed,
                const std::stop_token& stop) {
  const StepManager steps(options.environment, options.reward, options.ppo.gamma);
  std::vector<MatchScore> scores(static_cast<std::size_t>(pool.size()));
  pool.run([&](int worker) {
    scores[static_cast<std::size_t>(worker)] =
        play_share(player, opponent, steps, share_of(games, worker, pool.size()), seed, stop);
  });
  MatchScore sum;
  for (const MatchScore& score : scores) {
    sum.wins += score.wins;
    sum.draws += score.draws;
    sum.losses += score.losses;
    sum.plies += score.plies;
  }
  return sum;
}

}  // namespace

MatchScore play_random(const Player& player, WorkerPool& pool, const Options& options, int games,
                       std::uint64_t seed, const std::stop_token& stop) {
  return play(player, nullptr, pool, options, games, seed, stop);
}

MatchScore play_match(const Player& player, const Player& opponent, WorkerPool& pool,
                      const Options& options, int games, std::uint64_t seed,
                      const std::stop_token& stop) {
  return play(player, &opponent, pool, options, games, seed, stop);
}

}  // namespace keisei::rl

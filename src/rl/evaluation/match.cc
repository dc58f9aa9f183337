#include "rl/evaluation/match.h"

#include <span>
#include <variant>
#include <vector>

#include "rl/selfplay/step_manager.h"

namespace keisei::rl {
namespace {

struct MatchGame {
  Environment environment;
  shogi::Color player;
};

using Opponent = std::variant<const Player*, Anchor>;

// One ply of every game: of a network,
void play_ply(std::vector<MatchGame*>& games, const Player& player, const StepManager& steps,
              PositionBatch& batch, PolicyOutput& output) {
  if (games.empty()) return;
  batch.clear(static_cast<int>(games.size()));
  for (const MatchGame* game : games) steps.encode(game->environment, batch);
  player.evaluate(batch, output);
  for (std::size_t i = 0; i < games.size(); ++i) {
    Environment& environment = games[i]->environment;
    const shogi::MoveList& legal = environment.game.legal_moves();
    const auto begin = static_cast<std::size_t>(batch.offsets[i]);
    const auto probabilities =
        std::span<const float>(output.log_probabilities).subspan(begin, legal.size());
    const int chosen = sample_move(probabilities, environment.random);
    environment.game.play(legal[static_cast<std::size_t>(chosen)]);
  }
}

// or of a player that never learns.
void play_ply(std::vector<MatchGame*>& games, Anchor anchor) {
  for (MatchGame* game : games) {
    shogi::Game& played = game->environment.game;
    played.play(choose(anchor, played.position(), played.legal_moves(), game->environment.random));
  }
}

MatchScore play_share(const Player& player, const Opponent& opponent, const StepManager& steps,
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
    play_ply(own, player, steps, batch, output);
    if (const auto* network = std::get_if<const Player*>(&opponent)) {
      play_ply(other, **network, steps, batch, output);
    } else {
      play_ply(other, std::get<Anchor>(opponent));
    }
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

MatchScore play(const Player& player, const Opponent& opponent, WorkerPool& pool,
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

MatchScore play_anchor(const Player& player, Anchor anchor, WorkerPool& pool,
                       const Options& options, int games, std::uint64_t seed,
                       const std::stop_token& stop) {
  return play(player, anchor, pool, options, games, seed, stop);
}

MatchScore play_random(const Player& player, WorkerPool& pool, const Options& options, int games,
                       std::uint64_t seed, const std::stop_token& stop) {
  return play_anchor(player, Anchor::random_mover, pool, options, games, seed, stop);
}

MatchScore play_match(const Player& player, const Player& opponent, WorkerPool& pool,
                      const Options& options, int games, std::uint64_t seed,
                      const std::stop_token& stop) {
  return play(player, &opponent, pool, options, games, seed, stop);
}

}  // namespace keisei::rl

#include "rl/evaluation/match.h"

#include <cmath>
#include <vector>

namespace keisei::rl {
namespace {

struct MatchGame {
  Environment environment;
  shogi::Color agent;
};

// One ply of every game in which `color_of_turn` says that this side is to move; null plays at
// random.
void play_ply(std::vector<MatchGame*>& games, const PpoAgent* agent, const StepManager& steps,
              PositionBatch& batch, PolicyOutput& output) {
  if (games.empty()) return;
  batch.clear(static_cast<int>(games.size()));
  if (agent != nullptr) {
    for (const MatchGame* game : games) steps.encode(game->environment, batch);
    agent->evaluate(batch, output);
  }
  for (std::size_t i = 0; i < games.size(); ++i) {
    Environment& environment = games[i]->environment;
    const shogi::MoveList& legal = environment.game.legal_moves();
    std::size_t chosen = 0;
    if (agent == nullptr) {
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

MatchScore play_share(const PpoAgent& agent, const PpoAgent* opponent, const StepManager& steps,
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
      const bool agent_moves = game.environment.game.position().side_to_move() == game.agent;
      (agent_moves ? own : other).push_back(&game);
    }
    if (own.empty() && other.empty()) break;
    play_ply(own, &agent, steps, batch, output);
    play_ply(other, opponent, steps, batch, output);
  }
  MatchScore score;
  for (const MatchGame& game : games) {
    if (!game.environment.game.is_over()) continue;
    const auto winner = game.environment.game.result()->winner;
    score.plies += game.environment.game.ply();
    ++(!winner ? score.draws : *winner == game.agent ? score.wins : score.losses);
  }
  return score;
}

MatchScore play(const PpoAgent& agent, const PpoAgent* opponent, WorkerPool& pool,
                const Options& options, int games, std::uint64_t seed,
                const std::stop_token& stop) {
  const StepManager steps(options.environment, options.reward, options.ppo.gamma);
  std::vector<MatchScore> scores(static_cast<std::size_t>(pool.size()));
  pool.run([&](int worker) {
    scores[static_cast<std::size_t>(worker)] =
        play_share(agent, opponent, steps, share_of(games, worker, pool.size()), seed, stop);
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

Interval wilson_interval(double score, int games) {
  constexpr double z = 1.959964;
  const double n = games;
  const double center = (score + z * z / (2 * n)) / (1 + z * z / n);
  const double half =
      z / (1 + z * z / n) * std::sqrt(score * (1 - score) / n + z * z / (4 * n * n));
  return {center - half, center + half};
}

MatchScore play_random(const PpoAgent& agent, WorkerPool& pool, const Options& options, int games,
                       std::uint64_t seed, const std::stop_token& stop) {
  return play(agent, nullptr, pool, options, games, seed, stop);
}

MatchScore play_agent(const PpoAgent& agent, const PpoAgent& opponent, WorkerPool& pool,
                      const Options& options, int games, std::uint64_t seed,
                      const std::stop_token& stop) {
  return play(agent, &opponent, pool, options, games, seed, stop);
}

}  // namespace keisei::rl

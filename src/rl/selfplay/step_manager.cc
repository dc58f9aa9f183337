#include "rl/selfplay/step_manager.h"

#include <algorithm>
#include <cmath>

#include "rl/selfplay/material.h"

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

StepManager::StepManager(const EnvironmentOptions& environment, const RewardOptions& reward,
                         double gamma)
    : environment_(environment),
      coefficient_(reward.shaped ? reward.shaping_coefficient : 0),
      gamma_(gamma) {}

shogi::Rules StepManager::rules() const {
  return {.max_plies = environment_.max_plies, .automatic_declaration = true};
}

double StepManager::potential(const shogi::Position& position) const {
  return coefficient_ == 0 ? 0 : coefficient_ * material_balance(position);
}

StepManager::Outcome StepManager::execute_step(Environment& environment, shogi::Move move) const {
  shogi::Game& game = environment.game;
  const shogi::Color mover = game.position().side_to_move();
  const double before = potential(game.position());
  game.play(move);
  double reward = -before;
  if (!game.is_over()) {
    reward -= gamma_ * potential(game.position());
    return {static_cast<float>(reward), false};
  }
  const auto winner = game.result()->winner;
  if (winner) reward += *winner == mover ? 1 : -1;
  return {static_cast<float>(reward), true};
}

void StepManager::reset_episode(Environment& environment) const {
  environment.game = shogi::Game(shogi::Position::startpos(), rules());
  ++environment.game_number;
}

void StepManager::encode(const Environment& environment, PositionBatch& batch) const {
  const shogi::Game& game = environment.game;
  const shogi::Position& position = game.position();
  encode_planes(position, game.repetitions(), environment_.max_plies, batch.next_planes());
  for (const shogi::Move move : game.legal_moves()) {
    batch.actions.push_back(action_of(move, position.side_to_move()));
  }
  batch.end_position();
}

double StepManager::expected_result(const shogi::Position& position, double value) const {
  return std::clamp(value + potential(position), -1.0, 1.0);
}

int sample_move(std::span<const float> log_probabilities, Random& random) {
  double rest = random.uniform();
  for (std::size_t i = 0; i + 1 < log_probabilities.size(); ++i) {
    rest -= std::exp(static_cast<double>(log_probabilities[i]));
    if (rest < 0) return static_cast<int>(i);
  }
  return static_cast<int>(log_probabilities.size()) - 1;
}

}  // namespace keisei::rl

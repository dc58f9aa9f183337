#include "rl/selfplay/step_manager.h"

#include <algorithm>
#include <cmath>

#include "rl/encoding/encode_position.h"
#include "rl/selfplay/material.h"

namespace keisei::rl {

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
  environment.forecasts.clear();
  ++environment.game_number;
}

void StepManager::encode(const Environment& environment, PositionBatch& batch) const {
  const shogi::Game& game = environment.game;
  encode_position(game.position(), game.legal_moves(), game.repetitions(), environment_.max_plies,
                  batch);
}

double StepManager::forecast(const shogi::Position& position, double value) const {
  return std::clamp(value + potential(position), -1.0, 1.0);
}

int sample_move(std::span<const float> log_probabilities, Random& random) {
  const auto probability = [&](std::size_t i) {
    return std::exp(static_cast<double>(log_probabilities[i]));
  };
  double sum = 0;
  for (std::size_t i = 0; i < log_probabilities.size(); ++i) sum += probability(i);
  // The same additions in the same order come to the same sum, which the mark lies below: the loop
  // ends at a move of positive probability.
  const double mark = random.uniform() * sum;
  double passed = 0;
  for (std::size_t i = 0; i + 1 < log_probabilities.size(); ++i) {
    passed += probability(i);
    if (mark < passed) return static_cast<int>(i);
  }
  return static_cast<int>(log_probabilities.size()) - 1;
}

}  // namespace keisei::rl

#include "rl/ppo/rollout_buffer.h"

#include <algorithm>
#include <cmath>

#include "rl/ppo/gae.h"

namespace keisei::rl {

RolloutBuffer::RolloutBuffer(int environments, int steps)
    : environments_(environments),
      steps_(steps),
      samples_(static_cast<std::size_t>(environments) * static_cast<std::size_t>(steps)),
      actions_(static_cast<std::size_t>(environments)) {
  // Room for the widest positions from the start. Otherwise each environment's would grow whenever
  // its games meet wider ones than ever: for hours, and by megabytes in all.
  for (auto& stored : actions_) {
    stored.reserve(static_cast<std::size_t>(steps) * shogi::MoveList::kMostLegalMoves);
  }
}

void RolloutBuffer::begin(int environment) {
  actions_[static_cast<std::size_t>(environment)].clear();
}

Sample& RolloutBuffer::add(int environment, int step, std::span<const std::int32_t> actions) {
  auto& stored = actions_[static_cast<std::size_t>(environment)];
  Sample& added = sample(environment * steps_ + step);
  added.legal_begin = static_cast<std::uint32_t>(stored.size());
  added.legal_count = static_cast<std::uint16_t>(actions.size());
  for (const std::int32_t action : actions) stored.push_back(static_cast<std::uint16_t>(action));
  return added;
}

std::span<const std::uint16_t> RolloutBuffer::actions(int i) const {
  const Sample& of = sample(i);
  return std::span(actions_[static_cast<std::size_t>(i / steps_)])
      .subspan(of.legal_begin, of.legal_count);
}

void RolloutBuffer::finish(int environment, float value_after, float gamma, float lambda) {
  std::vector<GaeStep> steps(static_cast<std::size_t>(steps_));
  std::vector<float> advantages(steps.size());
  const int first = environment * steps_;
  for (int t = 0; t < steps_; ++t) {
    const Sample& s = sample(first + t);
    steps[static_cast<std::size_t>(t)] = {s.reward, s.value, s.game_over};
  }
  negamax_gae(steps, value_after, gamma, lambda, advantages);
  for (int t = 0; t < steps_; ++t) {
    Sample& s = sample(first + t);
    s.advantage = advantages[static_cast<std::size_t>(t)];
    s.target = s.advantage + s.value;
  }
}

std::vector<int> RolloutBuffer::learnable() const {
  std::vector<int> samples;
  samples.reserve(samples_.size());
  for (int i = 0; i < size(); ++i) {
    if (sample(i).learnable) samples.push_back(i);
  }
  return samples;
}

void RolloutBuffer::normalize_advantages(ProcessGroup* group) {
  const std::vector<int> samples = learnable();
  double sums[] = {0, static_cast<double>(samples.size())};
  for (const int i : samples) sums[0] += sample(i).advantage;
  if (group != nullptr) group->sum(std::span<double>(sums));
  const double mean = sums[0] / std::max(1.0, sums[1]);
  double squares[] = {0};
  for (const int i : samples) squares[0] += std::pow(sample(i).advantage - mean, 2);
  if (group != nullptr) group->sum(std::span<double>(squares));
  const double scale = 1.0 / (std::sqrt(squares[0] / std::max(1.0, sums[1])) + 1e-8);
  for (const int i : samples) {
    Sample& s = sample(i);
    s.advantage = static_cast<float>((s.advantage - mean) * scale);
  }
}

double RolloutBuffer::mean_log_legal(ProcessGroup* group) const {
  const std::vector<int> samples = learnable();
  double sums[] = {0, static_cast<double>(samples.size())};
  for (const int i : samples) sums[0] += std::log(static_cast<double>(sample(i).legal_count));
  if (group != nullptr) group->sum(std::span<double>(sums));
  return sums[0] / std::max(1.0, sums[1]);
}

void RolloutBuffer::encode(int i, int max_plies, PositionBatch& batch) const {
  const Sample& s = sample(i);
  encode_planes(s.position, s.occurrences, max_plies, batch.next_planes());
  const auto legal = actions(i);
  batch.actions.insert(batch.actions.end(), legal.begin(), legal.end());
  batch.end_position();
}

}  // namespace keisei::rl

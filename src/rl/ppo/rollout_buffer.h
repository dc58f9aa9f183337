#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "rl/encoding/position_batch.h"
#include "rl/ppo/process_group.h"
#include "shogi/position.h"

namespace keisei::rl {

/// One ply of one environment, as it was played. Positions are kept instead of planes: encoding
/// them again costs no more than copying 15 kB, and the buffer stays in the cache.
struct Sample {
  shogi::Position position = shogi::Position::empty();
  std::uint32_t legal_begin = 0;  // in the environment's legal actions
  std::uint16_t legal_count = 0;
  std::uint16_t chosen = 0;  // among the legal actions
  std::uint8_t occurrences = 1;
  bool game_over = false;
  bool learnable = true;  // false: another network chose the move
  float log_probability = 0;
  float value = 0;
  float reward = 0;
  float advantage = 0;
  float target = 0;  // of the value
};

/// `steps` plies of each environment. Environments may be filled concurrently, each by one thread.
class RolloutBuffer {
 public:
  RolloutBuffer(int environments, int steps);

  int environments() const { return environments_; }
  int steps() const { return steps_; }
  int size() const { return environments_ * steps_; }

  /// Before the first step of an environment.
  void begin(int environment);
  /// Stores the legal actions of the sample and points it at them.
  Sample& add(int environment, int step, std::span<const std::int32_t> actions);

  /// Samples are numbered environment by environment.
  const Sample& sample(int i) const { return samples_[static_cast<std::size_t>(i)]; }
  Sample& sample(int i) { return samples_[static_cast<std::size_t>(i)]; }
  std::span<const std::uint16_t> actions(int i) const;

  /// Fills in advantages and targets of one environment; see negamax_gae().
  void finish(int environment, float value_after, float gamma, float lambda);
  /// The samples to learn from, in order. What follows is about these only, and with a group about
  /// those of all its members, who must all ask.
  std::vector<int> learnable() const;
  /// Advantages to mean 0 and standard deviation 1.
  void normalize_advantages(ProcessGroup* group = nullptr);
  /// Mean ln(legal moves): what the entropy could be at most.
  double mean_log_legal(ProcessGroup* group = nullptr) const;

  /// Appends sample i to a batch.
  void encode(int i, int max_plies, PositionBatch& batch) const;

 private:
  int environments_, steps_;
  std::vector<Sample> samples_;
  std::vector<std::vector<std::uint16_t>> actions_;  // per environment
};

}  // namespace keisei::rl

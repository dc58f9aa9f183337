#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "rl/network/player.h"
#include "rl/options.h"

namespace keisei::rl {

/// Earlier networks of the same run that some environments play against, so that what once worked
/// is not forgotten. Which environments, which network and which color follow from the seed and the
/// number of the game alone, so nothing but the weights needs to be saved. When the pool changes,
/// games that are going on may change their opponent: it is an earlier network all the same.
class PastSelves {
 public:
  struct Saved {
    std::int64_t update = 0;
    std::string weights;
  };
  struct Opponent {
    const Player* player;  // lives until the pool changes
    bool plays_black;
  };

  explicit PastSelves(const Options& options);

  /// Adds a copy after every `opponents.interval` updates, the untrained network included. Keeps
  /// what thin_out() keeps. An error if the bytes are no such network.
  Result<void> add_if_due(std::int64_t update, const Player& player);

  /// None: the environment plays against itself in this game.
  std::optional<Opponent> opponent_of(int environment, std::int64_t game_number) const;

  std::vector<Saved> save() const { return saved_; }
  Result<void> load(std::vector<Saved> saved);

 private:
  Result<void> add(Saved saved);

  Options options_;
  int first_;                    // the environments from here on play against the past
  std::vector<Saved> saved_;     // oldest first
  std::vector<Player> players_;  // of `saved_`
};

}  // namespace keisei::rl

#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "protocol/telemetry.h"

namespace keisei::studio {

/// What the network thought of its games while it played them, to find where it changed its mind.
/// Bounded: of so many games at once.
class SwingWatch {
 public:
  static constexpr std::size_t kMostGames = 32;

  /// How far the mover's probability of winning moved from one of its turns to its next.
  struct Swing {
    double size;  // 0 to 1
    int ply;      // the position of the second turn
  };

  /// A move of a game with the network's value for whoever played it. The first word on a ply
  /// counts.
  void hear(const std::string& game_id, int ply, const std::string& usi, protocol::Number value);
  /// The largest of the game, as far as what was heard of it is in it; none if too little was.
  std::optional<Swing> largest(const protocol::GameFinished& game) const;
  void forget(const std::string& game_id);
  void clear() { games_.clear(); }

 private:
  struct Thought {
    std::string usi;
    protocol::Number value;
  };
  struct Game {
    std::string id;
    std::vector<Thought> thoughts;  // by ply
  };

  std::deque<Game> games_;  // by first mention, oldest first
};

}  // namespace keisei::studio

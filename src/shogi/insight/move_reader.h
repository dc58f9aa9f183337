#pragma once

#include <optional>
#include <span>

#include "shogi/insight/castles.h"
#include "shogi/insight/move_fact.h"
#include "shogi/insight/openings.h"
#include "shogi/position.h"

namespace keisei::shogi {

/// A game up to a move: what led to the position before it.
struct GameSoFar {
  const Position& start;
  std::span<const Move> moves;  // from the first one, or repetitions and openings are misjudged
};

/// Says what is true of a move, by the rules of the game and by what commentators know: never a
/// guess. What a search could not prove within its limit is not said.
//
/// Cost: tens of microseconds, and a few hundred where the mates are hard to see: four searches of
/// at most kMateNodes moves each.
//
/// Immutable: may be shared by threads. Castles and openings must outlive it and what it gives.
class MoveReader {
 public:
  /// Moves that one search for a mate in three plies may make. A mate in one is always found.
  static constexpr std::uint64_t kMateNodes = 200;

  MoveReader(const Castles& castles, const Openings& openings)
      : castles_(&castles), openings_(&openings) {}

  /// In the order of MoveRule; each rule at most once. After a mate nothing but what was captured
  /// matters any more. Without `game` nothing is said of repetitions and openings.
  /// Precondition: the move is legal.
  MoveFacts read(const Position& before, Move move, const std::optional<GameSoFar>& game) const;

 private:
  const Castles* castles_;
  const Openings* openings_;
};

}  // namespace keisei::shogi

#pragma once

#include <boost/container/static_vector.hpp>

#include "shogi/insight/influence.h"
#include "shogi/position.h"

/// Tactical motifs. "Wins" means a positive static exchange (insight/exchange.h). All functions
/// take microseconds and no heap memory.
namespace keisei::shogi {

/// The enemy pieces that the piece on the square threatens by itself: the king, and every piece
/// that it could capture with a gain if it were its turn. A pinned piece threatens along its line.
/// Precondition: a piece stands there.
Bitboard threatened_by(const Position& position, Square square);

/// Whether the opponent can take the piece on the square and lose nothing in the exchange.
/// Precondition: a piece stands there.
bool capturable_without_loss(const Position& position, Square square);

/// One piece that threatens two or more that are worth more than a pawn, kings included, and cannot
/// be captured without loss.
struct Fork {
  Square piece;
  Bitboard targets;

  friend bool operator==(const Fork&, const Fork&) = default;
};
using Forks = boost::container::static_vector<Fork, Square::kCount>;

/// The forks that `color` has on the board, by square.
Forks forks(const Position& position, Color color);

/// A sliding piece that, uncovered by the move of another, threatens a piece beyond.
struct DiscoveredAttack {
  Square slider;
  Square target;

  friend bool operator==(const DiscoveredAttack&, const DiscoveredAttack&) = default;
};
/// Eight lines meet in the square that is left.
using DiscoveredAttacks = boost::container::static_vector<DiscoveredAttack, 8>;

/// Precondition: the move is legal.
DiscoveredAttacks discovered_attacks(const Position& position, Move move);

/// What a move does.
struct MoveTactics {
  /// The pieces that give check after the move.
  Bitboard checkers;
  /// A piece behind the one that moved gives check.
  bool discovered_check = false;
  /// The targets of the moved piece if it forks; empty otherwise.
  Bitboard forked;
  DiscoveredAttacks discovered;
  /// Enemy pieces pinned to their king that were not pinned by the same piece before.
  Pins pinned;
  /// exchange_value() of the move: below 0 it is a sacrifice or a blunder.
  int exchange = 0;

  bool is_check() const { return !checkers.empty(); }
  bool is_double_check() const { return checkers.has_many(); }
};

/// Precondition: the move is legal.
MoveTactics tactics_of(const Position& position, Move move);

}  // namespace keisei::shogi

#pragma once

#include <boost/container/static_vector.hpp>

#include "shogi/position.h"

/// Who bears on a square, and who only seems to. All functions run in well under a microsecond for
/// a square and touch no heap memory.
namespace keisei::shogi {

/// The pieces of `color` within `occupied` that attack the square when just the squares of
/// `occupied` are filled: for looking through pieces that are about to leave or to arrive.
Bitboard attackers_through(const Position& position, Color color, Square square, Bitboard occupied);

/// A piece that may leave the line between its king and a sliding piece of the enemy only by
/// exposing the king.
struct Pin {
  Square pinned;
  Square pinner;

  friend bool operator==(const Pin&, const Pin&) = default;
};
/// Eight lines meet in a king.
using Pins = boost::container::static_vector<Pin, 8>;

/// The pieces of `color` that are pinned to their king. Whose turn it is does not matter.
Pins pins(const Position& position, Color color);

/// The pieces of `color` that could capture an enemy piece standing on the square, if it were their
/// turn and their king did not stand in check. Pinned pieces count only along the line of their
/// pin; the king counts only if no enemy piece attacks the square. On a square that is empty or the
/// enemy's these are exactly the pieces with a legal move there.
Bitboard able_attackers(const Position& position, Color color, Square square);

/// The contest for a square, seen from the side that holds it or wants to.
struct Contest {
  /// able_attackers() of the opponent.
  Bitboard attackers;
  /// Own pieces that could recapture on the square; the piece that stands on it is not one of them.
  /// able_attackers() of the owner, and the king also if it could answer the capture by at least
  /// one of the attackers.
  Bitboard defenders;
};

Contest contest(const Position& position, Color owner, Square square);

}  // namespace keisei::shogi

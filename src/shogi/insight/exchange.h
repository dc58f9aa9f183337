#pragma once

#include <boost/container/static_vector.hpp>
#include <optional>

#include "shogi/position.h"

/// Static exchange: what remains in pawns (insight/material.h) when both sides capture on one
/// square as long as it pays.
//
/// Exact within that game: captures in every order are tried, a capture that exposes its king or
/// leaves it in check is none, pieces behind others join in, and whoever can promote does (which
/// never costs anything here: a recapture takes back what the promotion gained). What else happens
/// on the board, mate included, is not seen.
//
/// Cost: microseconds; each capture is made and unmade on one copy of the position. No heap memory.
namespace keisei::shogi {

/// What the opponent of the piece on the square gains by capturing it now, as if it were the
/// opponent's turn; 0 if that gains nothing or cannot be done. Precondition: a piece stands there.
/// A king is never captured: 0.
int capture_gain(const Position& position, Square square);

/// What the move brings its maker when the exchange on its destination is played out: negative for
/// a piece offered or blundered there. Precondition: a legal move, or one that would be legal if
/// the side to move were not in check.
int exchange_value(const Position& position, Move move);

/// The same for the capture of the piece on `to` by the piece on `from`, as if it were the latter's
/// turn; none if it does not attack the square, or if its own king would stand in check afterwards.
/// Precondition: the two pieces are of different colors and the captured one is no king.
std::optional<int> capture_value(const Position& position, Square from, Square to);

/// A piece that is attacked and would be lost, with what its owner loses by it, in pawns.
struct HangingPiece {
  Square square;
  int loss;

  friend bool operator==(const HangingPiece&, const HangingPiece&) = default;
};
using HangingPieces = boost::container::static_vector<HangingPiece, Square::kCount>;

/// The pieces of `color` that the opponent could capture with a gain if it were the opponent's
/// turn, the costliest first (among equals, by square).
HangingPieces hanging_pieces(const Position& position, Color color);

}  // namespace keisei::shogi

#pragma once

#include "shogi/attacks.h"
#include "shogi/position.h"

namespace keisei::shogi {

/// What one color threatens, for the generator. Made anew for each position; the position must
/// outlive it.
class Threats {
 public:
  Threats(const Position& position, Color color)
      : position_(position),
        color_(color),
        all_(position.pieces(color)),
        rooks_(position.rooks() & all_),
        bishops_(position.bishops() & all_),
        lances_(position.pieces(PieceType::lance) & all_) {}

  /// Sliding pieces that would attack the square on an empty board.
  Bitboard aligned(Square square) const {
    const auto s = square.index();
    return (kAttacks.rook_lines[s] & rooks_) | (kAttacks.bishop_lines[s] & bishops_) |
           (kAttacks.lance_lines[index(~color_)][s] & lances_);
  }

  bool slide_to(Square square, Bitboard occupied) const {
    Bitboard rest = aligned(square);
    while (!rest.empty()) {
      const Square from = rest.first();
      if ((between(square, from) & occupied).empty()) return true;
      rest ^= Bitboard(from);
    }
    return false;
  }

  struct AroundKing {
    /// The attacked squares among the neighbours of the king; others may be missing.
    Bitboard attacked;
    /// Stepping pieces, horses and dragons included, that give check with a step.
    Bitboard checkers;
  };
  /// Only pieces that stand near enough or on a line are looked at, which are few: cheaper than to
  /// test each neighbour. Sliding pieces look through the king, which is about to step away.
  AroundKing around_king(Square king, Bitboard occupied) const {
    const auto k = king.index();
    const auto c = index(color_);
    AroundKing found;
    (all_ & kAttacks.step_zones[c][k]).for_each([&](Square from) {
      const Bitboard reach = kAttacks.steps[index(position_.piece_on(from))][from.index()];
      found.attacked |= reach;
      if (reach.contains(king)) found.checkers |= Bitboard(from);
    });
    const Bitboard without_king = occupied - Bitboard(king);
    (rooks_ & kAttacks.rook_zones[k]).for_each([&](Square from) {
      found.attacked |= rook_attacks(from, without_king);
    });
    (bishops_ & kAttacks.bishop_zones[k]).for_each([&](Square from) {
      found.attacked |= bishop_attacks(from, without_king);
    });
    (lances_ & kAttacks.lance_zones[c][k]).for_each([&](Square from) {
      found.attacked |= lance_attacks(color_, from, without_king);
    });
    return found;
  }

 private:
  const Position& position_;
  const Color color_;
  const Bitboard all_;
  const Bitboard rooks_;
  const Bitboard bishops_;
  const Bitboard lances_;
};

}  // namespace keisei::shogi

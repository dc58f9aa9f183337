#include "shogi/insight/checks.h"

#include "shogi/attacks.h"

namespace keisei::shogi {

Bitboard checkers_after(const Position& position, Move move) {
  const Color us = position.side_to_move();
  if (!position.has_king(~us)) return Bitboard();
  const Square king = position.king_square(~us);
  const Square to = move.to();
  if (move.is_drop()) {
    const bool checks =
        attacks(make_piece(us, move.drop_type()), to, position.occupied()).contains(king);
    return checks ? Bitboard(to) : Bitboard();
  }

  const Square from = move.from();
  const Bitboard occupied = (position.occupied() - Bitboard(from)) | Bitboard(to);
  const PieceType before = type_of(position.piece_on(from));
  const Piece moved = make_piece(us, move.is_promotion() ? promoted(before) : before);
  Bitboard checkers;
  if (attacks(moved, to, occupied).contains(king)) checkers |= Bitboard(to);

  // Only a piece that looks at the king through the origin can be uncovered.
  const auto k = king.index();
  const Bitboard aligned =
      position.pieces(us) &
      ((kAttacks.rook_lines[k] & position.rooks()) |
       (kAttacks.bishop_lines[k] & position.bishops()) |
       (kAttacks.lance_lines[index(~us)][k] & position.pieces(PieceType::lance)));
  (aligned - Bitboard(from)).for_each([&](Square slider) {
    const Bitboard gap = between(king, slider);
    if (gap.contains(from) && (gap & occupied).empty()) checkers |= Bitboard(slider);
  });
  return checkers;
}

}  // namespace keisei::shogi

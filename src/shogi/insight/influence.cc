#include "shogi/insight/influence.h"

#include "shogi/attacks.h"

namespace keisei::shogi {
namespace {

/// Sliding pieces of `color` that would attack the square on an empty board.
Bitboard aligned_sliders(const Position& position, Color color, Square square) {
  const auto s = square.index();
  return position.pieces(color) &
         ((kAttacks.rook_lines[s] & position.rooks()) |
          (kAttacks.bishop_lines[s] & position.bishops()) |
          (kAttacks.lance_lines[index(~color)][s] & position.pieces(PieceType::lance)));
}

bool king_may_recapture(const Position& position, Color owner, Square square, Bitboard attackers) {
  const Square king = position.king_square(owner);
  if (attackers.empty()) return true;
  const Bitboard arena = (position.occupied() | Bitboard(square)) - Bitboard(king);
  bool answers_one = false;
  attackers.for_each([&](Square from) {
    answers_one |=
        (attackers_through(position, ~owner, square, arena - Bitboard(from)) - Bitboard(square))
            .empty();
  });
  return answers_one;
}

}  // namespace

Bitboard attackers_through(const Position& position, Color color, Square square,
                           Bitboard occupied) {
  Bitboard found;
  // A piece attacks the square if its opposite number, standing on the square, attacks it.
  for (const PieceType type :
       {PieceType::pawn, PieceType::lance, PieceType::knight, PieceType::silver, PieceType::king,
        PieceType::bishop, PieceType::rook, PieceType::horse, PieceType::dragon}) {
    const Bitboard sources = position.pieces(color, type);
    if (!sources.empty()) found |= sources & attacks(make_piece(~color, type), square, occupied);
  }
  found |= position.golds() & position.pieces(color) & steps(~color, PieceType::gold, square);
  return found & occupied;
}

Pins pins(const Position& position, Color color) {
  Pins found;
  if (!position.has_king(color)) return found;
  const Square king = position.king_square(color);
  aligned_sliders(position, ~color, king).for_each([&](Square pinner) {
    const Bitboard blockers = between(king, pinner) & position.occupied();
    if (!blockers.empty() && !blockers.has_many() && !(blockers & position.pieces(color)).empty()) {
      found.push_back({blockers.first(), pinner});
    }
  });
  return found;
}

Bitboard able_attackers(const Position& position, Color color, Square square) {
  Bitboard able = position.attackers(color, square);
  if (able.empty() || !position.has_king(color)) return able;
  const Square king = position.king_square(color);
  for (const Pin& pin : pins(position, color)) {
    const Bitboard line = between(king, pin.pinner) | Bitboard(pin.pinner);
    if (!line.contains(square)) able = able - Bitboard(pin.pinned);
  }
  if (able.contains(king)) {
    const Bitboard arena = (position.occupied() | Bitboard(square)) - Bitboard(king);
    const Bitboard guards = attackers_through(position, ~color, square, arena) - Bitboard(square);
    if (!guards.empty()) able = able - Bitboard(king);
  }
  return able;
}

Contest contest(const Position& position, Color owner, Square square) {
  Contest found{able_attackers(position, ~owner, square), able_attackers(position, owner, square)};
  if (position.has_king(owner)) {
    const Bitboard king(position.king_square(owner));
    if (!(position.attackers(owner, square) & king).empty() &&
        king_may_recapture(position, owner, square, found.attackers)) {
      found.defenders |= king;
    }
  }
  return found;
}

}  // namespace keisei::shogi

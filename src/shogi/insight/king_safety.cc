#include "shogi/insight/king_safety.h"

#include "shogi/attacks.h"
#include "shogi/insight/influence.h"

namespace keisei::shogi {

KingSafety king_safety(const Position& position, Color color) {
  const Square king = position.king_square(color);
  const Bitboard own = position.pieces(color);
  const Bitboard around = king_steps(king);
  // A king that steps away from a sliding piece stays on its line.
  const Bitboard without_king = position.occupied() - Bitboard(king);

  KingSafety safety;
  safety.in_check = position.is_in_check(color);
  safety.guards = around & own;
  safety.attackers = position.attackers(~color, king);
  around.for_each([&](Square square) {
    const Bitboard hostile = attackers_through(position, ~color, square, without_king);
    if (hostile.empty()) {
      if (!own.contains(square)) safety.escapes |= Bitboard(square);
    } else {
      safety.exposed |= Bitboard(square);
      safety.attackers |= hostile;
    }
  });
  return safety;
}

}  // namespace keisei::shogi

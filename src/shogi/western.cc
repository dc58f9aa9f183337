#include "shogi/western.h"

#include "shogi/usi.h"

namespace keisei::shogi {

std::string to_western(const Position& position, Move move) {
  if (move.is_drop()) {
    return to_sfen(make_piece(Color::black, move.drop_type())) + '*' + to_usi(move.to());
  }
  const Piece piece = position.piece_on(move.from());
  const Color us = color_of(piece);
  std::string text = to_sfen(make_piece(Color::black, type_of(piece)));

  for (const Move other : position.legal_moves()) {
    if (!other.is_drop() && other.to() == move.to() && other.from() != move.from() &&
        position.piece_on(other.from()) == piece) {
      text += to_usi(move.from());
      break;
    }
  }
  text += position.piece_on(move.to()) == Piece::none ? '-' : 'x';
  text += to_usi(move.to());
  if (move.is_promotion()) {
    text += '+';
  } else if (can_promote(type_of(piece)) &&
             (in_promotion_zone(us, move.from()) || in_promotion_zone(us, move.to()))) {
    text += '=';
  }
  return text;
}

}  // namespace keisei::shogi

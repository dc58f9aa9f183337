#include "shogi/declaration.h"

namespace keisei::shogi {
namespace {

constexpr int kBigExtra = 4;  // bishops and rooks count 5, one of which every piece counts
constexpr int kPiecesNeeded = 10;

int points_in_hand(const Position& position, Color color) {
  int points = 0;
  for (const PieceType type : kHandTypes) {
    const bool big = type == PieceType::bishop || type == PieceType::rook;
    points += position.hand_count(color, type) * (big ? 1 + kBigExtra : 1);
  }
  return points;
}

int points_among(const Position& position, Bitboard pieces) {
  const Bitboard counted = pieces - position.pieces(PieceType::king);
  return counted.count() + kBigExtra * (counted & (position.bishops() | position.rooks())).count();
}

}  // namespace

DeclarationStatus declaration_status(const Position& position) {
  const Color us = position.side_to_move();
  const Bitboard zone = Bitboard::far_ranks(us, 3);
  const Bitboard inside = position.pieces(us) & zone;
  DeclarationStatus status;
  status.points = points_among(position, inside) + points_in_hand(position, us);
  status.points_needed = us == Color::black ? 28 : 27;
  status.king_in_zone = !(inside & position.pieces(PieceType::king)).empty();
  status.pieces_in_zone = inside.count() - (status.king_in_zone ? 1 : 0);
  status.in_check = position.in_check();
  return status;
}

bool may_declare(const Position& position) {
  const Color us = position.side_to_move();
  if (!position.has_king(us) || !in_promotion_zone(us, position.king_square(us))) return false;
  constexpr std::array kZones = {Bitboard::far_ranks(Color::black, 3),
                                 Bitboard::far_ranks(Color::white, 3)};
  if ((position.pieces(us) & kZones[index(us)]).count() < kPiecesNeeded + 1) return false;
  return declaration_status(position).may_declare();
}

int impasse_points(const Position& position, Color color) {
  return points_among(position, position.pieces(color)) + points_in_hand(position, color);
}

}  // namespace keisei::shogi

#include "shogi/legality.h"

#include <fmt/format.h>

#include "shogi/attacks.h"
#include "shogi/usi.h"

namespace keisei::shogi {
namespace {

Result<void> stuck(PieceType type) {
  return fail(fmt::format("an unpromoted {} could never move from there",
                          type == PieceType::knight  ? "knight"
                          : type == PieceType::lance ? "lance"
                                                     : "pawn"));
}

bool would_be_stuck(Color color, PieceType type, Square to) {
  const int rank = to.rank_from(color);
  return type == PieceType::knight
             ? rank < 2
             : (type == PieceType::pawn || type == PieceType::lance) && rank < 1;
}

/// Whether the side to move leaves its king in check by a move that is right in all else.
bool endangers_king(const Position& position, Move move) {
  Position after = position;
  after.do_move(move);
  return after.is_in_check(position.side_to_move());
}

/// Whether a pawn dropped there, on an empty square, gives check and no move answers it.
bool pawn_drop_mates(const Position& position, Move move) {
  const Color us = position.side_to_move();
  if (move.drop_type() != PieceType::pawn || !position.has_king(~us) ||
      !steps(us, PieceType::pawn, move.to()).contains(position.king_square(~us))) {
    return false;
  }
  Position after = position;
  after.do_move(move);
  return after.count_legal_moves() == 0;
}

Result<void> check_drop(const Position& position, Move move) {
  const Color us = position.side_to_move();
  const PieceType type = move.drop_type();
  if (position.hand_count(us, type) == 0) return fail("no such piece in hand");
  if (position.piece_on(move.to()) != Piece::none) {
    return fail(fmt::format("{} is occupied", to_usi(move.to())));
  }
  if (would_be_stuck(us, type, move.to())) return stuck(type);
  if (type == PieceType::pawn) {
    const Bitboard pawns = position.pieces(us, PieceType::pawn);
    if (!(pawns & Bitboard::file(move.to().file())).empty()) {
      return fail("two unpromoted pawns on a file (nifu)");
    }
  }
  if (position.in_check() && endangers_king(position, move)) {
    return fail("the king stands in check");
  }
  if (pawn_drop_mates(position, move)) return fail("a pawn drop may not give mate");
  return {};
}

Result<void> check_board_move(const Position& position, Move move) {
  const Color us = position.side_to_move();
  const Piece piece = position.piece_on(move.from());
  const PieceType type = type_of(piece);
  if (piece == Piece::none)
    return fail(fmt::format("there is no piece on {}", to_usi(move.from())));
  if (color_of(piece) != us) return fail("the piece is the opponent's");
  if (position.pieces(us).contains(move.to())) {
    return fail(fmt::format("{} is occupied by a piece of the same side", to_usi(move.to())));
  }
  if (!attacks(piece, move.from(), position.occupied()).contains(move.to())) {
    return fail("the piece does not move that way, or something is in between");
  }
  if (move.is_promotion()) {
    if (!can_promote(type)) return fail("the piece cannot promote");
    if (!in_promotion_zone(us, move.from()) && !in_promotion_zone(us, move.to())) {
      return fail(
          "a piece promotes only when it enters, leaves or moves within the last three ranks");
    }
  } else if (would_be_stuck(us, type, move.to())) {
    return stuck(type);
  }
  if (!endangers_king(position, move)) return {};
  return fail(position.in_check() ? "the king stands in check" : "the king would be in check");
}

}  // namespace

Result<void> check_legality(const Position& position, Move move) {
  return move.is_drop() ? check_drop(position, move) : check_board_move(position, move);
}

}  // namespace keisei::shogi

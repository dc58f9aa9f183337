#include "shogi/position.h"

#include <cassert>
#include <string>

#include "shogi/attacks.h"
#include "shogi/usi.h"
#include "shogi/zobrist.h"

namespace keisei::shogi {
namespace {

/// What the move adds to its piece.
unsigned promotion_bit(Move move) { return move.is_promotion() ? kPromotedBit : 0U; }

}  // namespace

Position Position::startpos() {
  static const Position start =
      from_sfen("lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1").value();
  return start;
}

Position Position::empty(Color side_to_move, int ply) {
  Position position;
  position.set_side_to_move(side_to_move);
  position.ply_ = ply;
  return position;
}

void Position::put(Square square, Piece piece) {
  assert(piece_on(square) == Piece::none && piece != Piece::none);
  const Color color = color_of(piece);
  board_[square.index()] = piece;
  by_type_[index(type_of(piece))] |= Bitboard(square);
  by_color_[index(color)] |= Bitboard(square);
  key_ += kZobrist.board[square.index()][index(piece)];
  if (type_of(piece) == PieceType::king) {
    king_[index(color)] = static_cast<std::uint8_t>(square.index());
  }
}

void Position::put_in_hand(Color color, PieceType type, int count) {
  auto& held = hands_[index(color)][index(type)];
  held = static_cast<std::uint8_t>(held + count);
  key_ += static_cast<std::uint64_t>(count) * kZobrist.hand[index(color)][index(type)];
}

void Position::set_side_to_move(Color side) {
  if (side != side_)
    key_ += side == Color::white ? kZobrist.white_to_move : -kZobrist.white_to_move;
  side_ = side;
}

bool Position::same_as(const Position& other) const {
  return key_ == other.key_ && side_ == other.side_ && hands_ == other.hands_ &&
         board_ == other.board_;
}

Bitboard Position::attackers(Color color, Square square) const {
  const Bitboard theirs = pieces(color);
  const Bitboard occupied = this->occupied();
  const Color facing = ~color;
  Bitboard found;
  if (!(theirs & kAttacks.step_sources[index(color)][square.index()]).empty()) {
    const auto from = [&](PieceType type) { return steps(facing, type, square); };
    found = (from(PieceType::pawn) & pieces(PieceType::pawn)) |
            (from(PieceType::knight) & pieces(PieceType::knight)) |
            (from(PieceType::silver) & pieces(PieceType::silver)) |
            (from(PieceType::gold) & golds()) |
            (from(PieceType::king) &
             (pieces(PieceType::king) | pieces(PieceType::horse) | pieces(PieceType::dragon)));
  }
  const Bitboard aligned =
      (kAttacks.rook_lines[square.index()] & rooks()) |
      (kAttacks.bishop_lines[square.index()] & bishops()) |
      (kAttacks.lance_lines[index(facing)][square.index()] & pieces(PieceType::lance));
  (aligned & theirs).for_each([&](Square from) {
    if ((between(square, from) & occupied).empty()) found |= Bitboard(from);
  });
  return found & theirs;
}

bool Position::is_in_check(Color color) const {
  return has_king(color) && !attackers(~color, king_square(color)).empty();
}

MoveList Position::legal_moves() const {
  MoveList moves;
  legal_moves(moves);
  return moves;
}

bool Position::is_legal(Move move) const { return legal_moves().contains(move); }

/// The bitboards of a piece that goes from one end of the move to the other, in either direction.
/// before: as it stands at the origin.
void Position::shift_piece(std::size_t color, Piece before, Move move) {
  const Bitboard destination(move.to());
  const Bitboard both = Bitboard(move.from()) ^ destination;
  const auto type = index(type_of(before));
  by_color_[color] ^= both;
  by_type_[type] ^= both;
  if (move.is_promotion()) {
    by_type_[type] ^= destination;
    by_type_[type | kPromotedBit] ^= destination;
  }
}

Undo Position::do_move(Move move) {
  const auto us = index(side_);
  const auto to = move.to().index();
  const Bitboard destination(move.to());
  const Undo undo{key_, board_[to]};
  std::uint64_t key = key_ + (side_ == Color::black ? kZobrist.white_to_move
                                                    : std::uint64_t{0} - kZobrist.white_to_move);
  if (move.is_drop()) {
    const auto type = index(move.drop_type());
    const Piece piece = make_piece(side_, move.drop_type());
    assert(hands_[us][type] > 0 && undo.captured == Piece::none);
    --hands_[us][type];
    board_[to] = piece;
    by_type_[type] ^= destination;
    by_color_[us] ^= destination;
    key += kZobrist.board[to][index(piece)] - kZobrist.hand[us][type];
  } else {
    const auto from = move.from().index();
    const Piece before = board_[from];
    const Piece after = static_cast<Piece>(static_cast<unsigned>(before) | promotion_bit(move));
    assert(before != Piece::none && color_of(before) == side_);
    if (undo.captured != Piece::none) {
      const auto held = index(unpromoted(type_of(undo.captured)));
      by_type_[index(type_of(undo.captured))] ^= destination;
      by_color_[us ^ 1] ^= destination;
      ++hands_[us][held];
      key += kZobrist.hand[us][held] - kZobrist.board[to][index(undo.captured)];
    }
    board_[from] = Piece::none;
    board_[to] = after;
    shift_piece(us, before, move);
    if (type_of(before) == PieceType::king) king_[us] = static_cast<std::uint8_t>(to);
    key += kZobrist.board[to][index(after)] - kZobrist.board[from][index(before)];
  }
  key_ = key;
  side_ = ~side_;
  ++ply_;
  return undo;
}

void Position::undo_move(Move move, Undo undo) {
  side_ = ~side_;
  --ply_;
  key_ = undo.key;
  const auto us = index(side_);
  const auto to = move.to().index();
  const Bitboard destination(move.to());
  if (move.is_drop()) {
    const auto type = index(move.drop_type());
    ++hands_[us][type];
    board_[to] = Piece::none;
    by_type_[type] ^= destination;
    by_color_[us] ^= destination;
    return;
  }
  const auto from = move.from().index();
  const Piece before = static_cast<Piece>(static_cast<unsigned>(board_[to]) ^ promotion_bit(move));
  board_[from] = before;
  board_[to] = undo.captured;
  shift_piece(us, before, move);
  if (type_of(before) == PieceType::king) king_[us] = static_cast<std::uint8_t>(from);
  if (undo.captured != Piece::none) {
    by_type_[index(type_of(undo.captured))] ^= destination;
    by_color_[us ^ 1] ^= destination;
    --hands_[us][index(unpromoted(type_of(undo.captured)))];
  }
}

}  // namespace keisei::shogi

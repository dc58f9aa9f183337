#include "shogi/insight/exchange.h"

#include <algorithm>
#include <cassert>
#include <limits>

#include "shogi/insight/material.h"

namespace keisei::shogi {
namespace {

// Cheap pieces capture first: alpha-beta then needs hardly more than the obvious line.
constexpr PieceType kCheapestFirst[] = {
    PieceType::pawn,     PieceType::lance,      PieceType::knight,     PieceType::silver,
    PieceType::gold,     PieceType::pro_silver, PieceType::pro_knight, PieceType::pro_lance,
    PieceType::pro_pawn, PieceType::bishop,     PieceType::horse,      PieceType::rook,
    PieceType::dragon,   PieceType::king};

Move capture_from(const Position& position, Square from, Square to) {
  const Piece piece = position.piece_on(from);
  const Color color = color_of(piece);
  const bool promote = can_promote(type_of(piece)) &&
                       (in_promotion_zone(color, from) || in_promotion_zone(color, to));
  return Move::board(from, to, promote);
}

/// How the move changes the balance by itself.
int immediate_gain(const Position& position, Move move) {
  if (move.is_drop()) return 0;
  int gain = 0;
  if (move.is_promotion()) {
    const PieceType type = type_of(position.piece_on(move.from()));
    gain += value_of(promoted(type)) - value_of(type);
  }
  const Piece captured = position.piece_on(move.to());
  if (captured != Piece::none) gain += capture_swing(type_of(captured));
  return gain;
}

/// Negamax over the captures on one square; standing pat is always allowed. Fail-soft.
int best_gain(Position& position, Square square, int alpha, int beta) {
  int best = 0;
  const Color us = position.side_to_move();
  const Bitboard attackers = position.attackers(us, square);
  for (const PieceType type : kCheapestFirst) {
    Bitboard rest = attackers & position.pieces(type);
    for (; !rest.empty(); rest ^= Bitboard(rest.first())) {
      alpha = std::max(alpha, best);
      if (alpha >= beta) return best;
      const Move move = capture_from(position, rest.first(), square);
      const int gain = immediate_gain(position, move);
      const Undo undo = position.do_move(move);
      if (!position.is_in_check(us)) {
        best = std::max(best, gain - best_gain(position, square, gain - beta, gain - alpha));
      }
      position.undo_move(move, undo);
    }
  }
  return best;
}

constexpr int kAnything = std::numeric_limits<int>::max() / 2;

int best_gain(Position& position, Square square) {
  return best_gain(position, square, -kAnything, kAnything);
}

}  // namespace

int capture_gain(const Position& position, Square square) {
  const Piece piece = position.piece_on(square);
  assert(piece != Piece::none);
  if (type_of(piece) == PieceType::king) return 0;
  Position arena = position;
  arena.set_side_to_move(~color_of(piece));
  return best_gain(arena, square);
}

int exchange_value(const Position& position, Move move) {
  Position arena = position;
  const int gain = immediate_gain(position, move);
  arena.do_move(move);
  if (type_of(arena.piece_on(move.to())) == PieceType::king) return gain;
  return gain - best_gain(arena, move.to());
}

std::optional<int> capture_value(const Position& position, Square from, Square to) {
  const Color us = color_of(position.piece_on(from));
  assert(color_of(position.piece_on(to)) != us);
  if (!position.attackers(us, to).contains(from)) return std::nullopt;
  Position arena = position;
  arena.set_side_to_move(us);
  const Move move = capture_from(arena, from, to);
  const int gain = immediate_gain(arena, move);
  arena.do_move(move);
  if (arena.is_in_check(us)) return std::nullopt;
  return gain - best_gain(arena, to);
}

HangingPieces hanging_pieces(const Position& position, Color color) {
  HangingPieces found;
  position.pieces(color).for_each([&](Square square) {
    const int loss = capture_gain(position, square);
    if (loss > 0) found.push_back({square, loss});
  });
  // std::stable_sort would allocate.
  std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
    return a.loss != b.loss ? a.loss > b.loss : a.square < b.square;
  });
  return found;
}

}  // namespace keisei::shogi

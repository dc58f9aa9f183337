#pragma once

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <vector>

#include "shogi/insight/material.h"
#include "shogi/position.h"

namespace keisei::shogi::testing {

/// For tests: who attacks what and what exchanges bring, square by square and capture by capture.
/// Shares nothing with the bitboards.
class PlainBoard {
 public:
  explicit PlainBoard(const Position& position) {
    for (int i = 0; i < 81; ++i) cells_[at(i)] = position.piece_on(Square(i));
  }

  Piece on(Square square) const { return cells_[square.index()]; }
  bool is(Square square, Color color) const {
    return on(square) != Piece::none && color_of(on(square)) == color;
  }
  PlainBoard without(Square square) const {
    PlainBoard board = *this;
    board.cells_[square.index()] = Piece::none;
    return board;
  }

  bool reaches(Square from, Square to) const {
    if (on(from) == Piece::none || from == to) return false;
    const Color us = color_of(on(from));
    const int up = from.rank_from(us) - to.rank_from(us);
    const int aside = std::abs(from.file() - to.file());
    if (!goes(type_of(on(from)), up, aside)) return false;
    const int steps = std::max(std::abs(up), aside);
    if (up != 0 && aside != 0 && std::abs(up) != aside) return true;  // a knight
    for (int i = 1; i < steps; ++i) {
      const Square between(from.file() + (to.file() - from.file()) / steps * i,
                           from.rank() + (to.rank() - from.rank()) / steps * i);
      if (on(between) != Piece::none) return false;
    }
    return true;
  }
  std::vector<Square> attackers(Color color, Square to) const {
    std::vector<Square> found;
    for (int i = 0; i < 81; ++i) {
      if (is(Square(i), color) && reaches(Square(i), to)) found.emplace_back(i);
    }
    return found;
  }
  std::vector<Square> kings(Color color) const {
    std::vector<Square> found;
    for (int i = 0; i < 81; ++i) {
      if (on(Square(i)) == make_piece(color, PieceType::king)) found.emplace_back(i);
    }
    return found;
  }
  std::vector<Square> checkers(Color king) const {
    std::vector<Square> found;
    for (const Square square : kings(king)) found = attackers(~king, square);
    return found;
  }

  /// What the capture brings when both sides go on capturing there as long as it pays; none if the
  /// own king stands in check then.
  std::optional<int> capture(Square from, Square to) const {
    const Color us = color_of(on(from));
    const PieceType piece = type_of(on(from));
    int gain = capture_swing(type_of(on(to)));
    PlainBoard next = without(from);
    next.cells_[to.index()] = on(from);
    if (can_promote(piece) && (in_promotion_zone(us, from) || in_promotion_zone(us, to))) {
      gain += value_of(promoted(piece)) - value_of(piece);
      next.cells_[to.index()] = make_piece(us, promoted(piece));
    }
    if (!next.checkers(us).empty()) return std::nullopt;
    return gain - next.best_capture(to);
  }
  /// By the opponent of the piece on the square; 0 if none pays.
  int best_capture(Square square) const {
    if (type_of(on(square)) == PieceType::king) return 0;
    int best = 0;
    for (const Square from : attackers(~color_of(on(square)), square)) {
      best = std::max(best, capture(from, square).value_or(0));
    }
    return best;
  }
  bool can_be_taken_without_loss(Square square) const {
    if (type_of(on(square)) == PieceType::king) return false;
    const auto from = attackers(~color_of(on(square)), square);
    return std::any_of(from.begin(), from.end(), [&](Square attacker) {
      return capture(attacker, square).value_or(-1) >= 0;
    });
  }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  static bool goes(PieceType type, int up, int aside) {
    const bool near = std::abs(up) <= 1 && aside <= 1;
    const bool straight = up == 0 || aside == 0;
    const bool diagonal = std::abs(up) == aside;
    switch (type) {
      case PieceType::pawn:
        return up == 1 && aside == 0;
      case PieceType::lance:
        return up >= 1 && aside == 0;
      case PieceType::knight:
        return up == 2 && aside == 1;
      case PieceType::silver:
        return near && (diagonal || up == 1);
      case PieceType::king:
        return near;
      case PieceType::bishop:
        return diagonal;
      case PieceType::horse:
        return diagonal || near;
      case PieceType::rook:
        return straight;
      case PieceType::dragon:
        return straight || near;
      default:
        return near && (straight || up == 1);  // whatever moves like a gold
    }
  }

  std::array<Piece, 81> cells_{};
};

}  // namespace keisei::shogi::testing

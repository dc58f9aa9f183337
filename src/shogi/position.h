#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"
#include "shogi/bitboard.h"
#include "shogi/move.h"
#include "shogi/types.h"

namespace keisei::shogi {

/// What do_move() destroys; hand it back to undo_move() in reverse order.
struct Undo {
  std::uint64_t key;
  Piece captured;
};

/// Whether a side may have two unpromoted pawns on a file, as in some diagrams of problems.
enum class TwoPawns : std::uint8_t { refused, allowed };

/// A position of shogi: board, hands, side to move and the number of plies played.
//
/// Representation: one bitboard per piece type and one per color, a piece for each square, and the
/// hands as eight bytes per color. The key is an *additive* Zobrist hash (a sum of random numbers
/// modulo 2^64): a hand needs then one number per piece type, added once for each piece held.
/// Nothing else is kept: checks and pins are found when moves are generated, which is the only
/// place that needs them.
//
/// Techniques, each described where it is used: rays cut by subtraction (attacks.h); moves legal as
/// generated, with pins kept to their lines, check evasions aimed and the king's squares looked up
/// from what is near it (movegen.cc, threats.h), counted or written by the same code
/// (move_sinks.h); drops on a square written as one vector, after nshogi, and files without a pawn
/// by carries (movegen.cc); keys after Zobrist (zobrist.h); repetition behind a counting filter
/// (game.h).
//
/// Invariants: the bitboards, the board and the key always describe the same position; each side
/// has at most one king; the side that just moved is not in check; no side has two unpromoted pawns
/// on a file (unless it was read or validated with TwoPawns::allowed), nor a piece that could never
/// move again. Positions with no king for one side (mate problems) are allowed.
//
/// A value type without heap memory. Const member functions may run concurrently.
class Position {
 public:
  /// The initial position of an even game.
  static Position startpos();

  /// Reads an SFEN ("<board> <side> <hands> [<move number>]"), strictly: an error says at which
  /// character and why. The move number is that of the *next* move and defaults to 1.
  static Result<Position> from_sfen(std::string_view sfen, TwoPawns two_pawns = TwoPawns::refused);
  std::string sfen() const;

  Color side_to_move() const { return side_; }
  /// Moves played since the start; SFEN's move number minus one.
  int ply() const { return ply_; }

  Piece piece_on(Square square) const { return board_[square.index()]; }
  /// type: one of kHandTypes.
  int hand_count(Color color, PieceType type) const { return hands_[index(color)][index(type)]; }
  bool hand_is_empty(Color color) const {
    return std::bit_cast<std::uint64_t>(hands_[index(color)]) == 0;
  }
  bool has_king(Color color) const { return king_[index(color)] != kNoKing; }
  /// Precondition: has_king(color).
  Square king_square(Color color) const { return Square(king_[index(color)]); }

  Bitboard pieces(Color color) const { return by_color_[index(color)]; }
  Bitboard pieces(PieceType type) const { return by_type_[index(type)]; }
  Bitboard pieces(Color color, PieceType type) const { return pieces(color) & pieces(type); }
  Bitboard occupied() const { return by_color_[0] | by_color_[1]; }
  /// Everything that moves like a gold.
  Bitboard golds() const {
    return by_type_[5] | by_type_[9] | by_type_[10] | by_type_[11] | by_type_[12];
  }
  /// Both colors, with their promoted forms.
  Bitboard bishops() const { return pieces(PieceType::bishop) | pieces(PieceType::horse); }
  Bitboard rooks() const { return pieces(PieceType::rook) | pieces(PieceType::dragon); }

  /// Whether the side to move stands in check.
  bool in_check() const { return is_in_check(side_); }
  bool is_in_check(Color color) const;
  /// The pieces of `color` that attack the square, as the board stands.
  Bitboard attackers(Color color, Square square) const;

  /// All legal moves, including those that pointlessly do not promote. Never allocates.
  MoveList legal_moves() const;
  void legal_moves(MoveList& moves) const;
  /// How many there are: cheaper than the list, which is not written.
  std::size_t count_legal_moves() const;
  /// Whether the move is among legal_moves(); any 16 bits may be asked about.
  bool is_legal(Move move) const;

  /// Precondition: the move is legal.
  Undo do_move(Move move);
  void undo_move(Move move, Undo undo);

  /// Equal for equal board, hands and side to move, whatever the ply.
  std::uint64_t key() const { return key_; }
  /// Exact: same board, hands and side to move. The ply does not count.
  bool same_as(const Position& other) const;
  /// Everything, the ply included.
  friend bool operator==(const Position&, const Position&) = default;

  /// For building positions square by square (parsers, handicaps). Preconditions: the square is
  /// empty; hand counts stay within the set of pieces.
  static Position empty(Color side_to_move = Color::black, int ply = 0);
  void put(Square square, Piece piece);
  void put_in_hand(Color color, PieceType type, int count);
  void set_side_to_move(Color side);
  void set_ply(int ply) { ply_ = ply; }
  /// Whether the invariants hold that put() cannot see; the error says which does not.
  Result<void> validate(TwoPawns two_pawns = TwoPawns::refused) const;

 private:
  using Hand = std::array<std::uint8_t, 8>;  // how many, by PieceType
  static constexpr std::uint8_t kNoKing = 255;

  Position() = default;

  void shift_piece(std::size_t color, Piece before, Move move);

  std::array<Bitboard, 16> by_type_{};
  std::array<Bitboard, 2> by_color_{};
  std::array<Piece, Square::kCount> board_{};
  std::array<std::uint8_t, 2> king_{kNoKing, kNoKing};
  Color side_ = Color::black;
  alignas(8) std::array<Hand, 2> hands_{};
  std::uint64_t key_ = 0;
  int ply_ = 0;
};

}  // namespace keisei::shogi

#pragma once

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>

#include "shogi/types.h"

namespace keisei::shogi {

/// A move in 16 bits: destination (bits 0-6), origin or dropped piece type (bits 7-13), drop (bit
/// 14), promotion (bit 15). The default value is no move: legal moves never compare equal to it.
class Move {
 public:
  static constexpr std::uint16_t kDropBit = 1U << 14;
  static constexpr std::uint16_t kPromotionBit = 1U << 15;

  constexpr Move() = default;
  constexpr explicit Move(std::uint16_t bits) : bits_(bits) {}

  static constexpr Move board(Square from, Square to, bool promote = false) {
    return Move(static_cast<std::uint16_t>((promote ? kPromotionBit : 0U) | (from.index() << 7) |
                                           to.index()));
  }
  static constexpr Move drop(PieceType type, Square to) {
    return Move(static_cast<std::uint16_t>(kDropBit | (index(type) << 7) | to.index()));
  }

  constexpr Square to() const { return Square(bits_ & 127); }
  /// Precondition: not a drop.
  constexpr Square from() const { return Square((bits_ >> 7) & 127); }
  /// Precondition: a drop.
  constexpr PieceType drop_type() const { return static_cast<PieceType>((bits_ >> 7) & 127); }
  constexpr bool is_drop() const { return (bits_ & kDropBit) != 0; }
  constexpr bool is_promotion() const { return (bits_ & kPromotionBit) != 0; }
  constexpr bool is_none() const { return bits_ == 0; }
  constexpr std::uint16_t bits() const { return bits_; }

  friend constexpr bool operator==(Move, Move) = default;
  friend constexpr auto operator<=>(Move, Move) = default;

 private:
  std::uint16_t bits_ = 0;
};

/// The legal moves of one position, without heap memory. No position has more than 593; the rest of
/// the capacity lets the generator write whole vectors of drops.
class MoveList {
 public:
  static constexpr std::size_t kMostLegalMoves = 593;

  /// Storage is deliberately left uninitialised: lists are made in the innermost loops.
  MoveList() {}  // NOLINT(modernize-use-equals-default)
  MoveList(const MoveList& other) : size_(other.size_) {
    std::copy(other.begin(), other.end(), storage());
  }
  MoveList& operator=(const MoveList& other) {
    size_ = other.size_;
    std::copy(other.begin(), other.end(), storage());
    return *this;
  }
  ~MoveList() = default;

  const Move* begin() const { return slots_.moves; }
  const Move* end() const { return begin() + size_; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  Move operator[](std::size_t i) const {
    assert(i < size_);
    return begin()[i];
  }
  bool contains(Move move) const { return std::find(begin(), end(), move) != end(); }

  /// For the generator: where to write, and how far it has written.
  Move* storage() { return slots_.moves; }
  void set_end(const Move* end) { size_ = static_cast<std::size_t>(end - begin()); }

 private:
  static constexpr std::size_t kVectorSlack = 8;
  union Slots {
    Slots() {}  // NOLINT(modernize-use-equals-default)
    Move moves[kMostLegalMoves + kVectorSlack];
  };
  Slots slots_;
  std::size_t size_ = 0;
};

}  // namespace keisei::shogi

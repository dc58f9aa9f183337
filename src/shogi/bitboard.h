#pragma once

#include <array>
#include <bit>
#include <cstdint>

#include "shogi/types.h"

namespace keisei::shogi {

__extension__ using Bits128 = unsigned __int128;

/// A table, because a load is cheaper than a shift across two words.
inline constexpr auto kSquareBits = [] {
  std::array<Bits128, Square::kCount> bits{};
  for (std::size_t i = 0; i < bits.size(); ++i) bits[i] = Bits128{1} << i;
  return bits;
}();

/// A set of squares: bit i is the square with index i, bits 81 and above are always clear. The
/// numbering runs along files, so a step forward or back is a shift by one, and a ray along a file,
/// a rank or a diagonal is monotonous in the bit index, which makes sliding attacks plain
/// arithmetic (see attacks.h).
class Bitboard {
 public:
  constexpr Bitboard() = default;
  constexpr explicit Bitboard(Bits128 bits) : bits_(bits) {}
  constexpr explicit Bitboard(Square square) : bits_(kSquareBits[square.index()]) {}

  static constexpr Bitboard all() { return Bitboard((Bits128{1} << Square::kCount) - 1); }
  static constexpr Bitboard file(int file) { return Bitboard(Bits128{0x1FF} << (9 * file)); }
  static constexpr Bitboard rank(int rank) {
    Bits128 bits = 0;
    for (int f = 0; f < 9; ++f) bits |= Bits128{1} << (9 * f + rank);
    return Bitboard(bits);
  }
  /// The n ranks furthest from the player of that color.
  static constexpr Bitboard far_ranks(Color color, int n) {
    Bitboard ranks;
    for (int r = 0; r < n; ++r) ranks |= rank(color == Color::black ? r : 8 - r);
    return ranks;
  }

  constexpr Bits128 bits() const { return bits_; }
  constexpr std::uint64_t low() const { return static_cast<std::uint64_t>(bits_); }
  constexpr std::uint64_t high() const { return static_cast<std::uint64_t>(bits_ >> 64); }

  constexpr bool empty() const { return (low() | high()) == 0; }
  constexpr bool contains(Square square) const { return !(*this & Bitboard(square)).empty(); }
  constexpr bool has_many() const { return (bits_ & (bits_ - 1)) != 0; }
  constexpr int count() const { return std::popcount(low()) + std::popcount(high()); }
  /// Precondition: not empty.
  constexpr Square first() const {
    return Square(low() != 0 ? std::countr_zero(low()) : 64 + std::countr_zero(high()));
  }

  /// Calls visit(Square) for each member, in rising order.
  template <typename Visitor>
  constexpr void for_each(Visitor&& visit) const {
    for (std::uint64_t rest = low(); rest != 0; rest &= rest - 1) {
      visit(Square(std::countr_zero(rest)));
    }
    for (std::uint64_t rest = high(); rest != 0; rest &= rest - 1) {
      visit(Square(64 + std::countr_zero(rest)));
    }
  }

  constexpr Bitboard operator~() const { return Bitboard(~bits_ & all().bits_); }
  constexpr Bitboard& operator|=(Bitboard other) { return *this = *this | other; }
  constexpr Bitboard& operator&=(Bitboard other) { return *this = *this & other; }
  constexpr Bitboard& operator^=(Bitboard other) { return *this = *this ^ other; }
  friend constexpr Bitboard operator|(Bitboard a, Bitboard b) {
    return Bitboard(a.bits_ | b.bits_);
  }
  friend constexpr Bitboard operator&(Bitboard a, Bitboard b) {
    return Bitboard(a.bits_ & b.bits_);
  }
  friend constexpr Bitboard operator^(Bitboard a, Bitboard b) {
    return Bitboard(a.bits_ ^ b.bits_);
  }
  /// Set difference.
  friend constexpr Bitboard operator-(Bitboard a, Bitboard b) {
    return Bitboard(a.bits_ & ~b.bits_);
  }
  friend constexpr bool operator==(Bitboard, Bitboard) = default;

 private:
  Bits128 bits_ = 0;
};

}  // namespace keisei::shogi

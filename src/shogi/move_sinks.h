#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

#include "shogi/bitboard.h"
#include "shogi/move.h"

/// What the generator does with the moves that it finds: write them down, or only count them.
namespace keisei::shogi {

/// The drops of several kinds of pieces on square 0, one in each element.
using DropKinds [[gnu::vector_size(16)]] = std::uint16_t;

class MoveWriter {
 public:
  /// `out` has room for MoveList's capacity.
  explicit MoveWriter(Move* out) : out_(out) {}

  /// The same move to each of the squares; `move` itself has square 0 as its destination.
  void add(Move move, Bitboard targets) {
    Move* out = out_;
    targets.for_each(
        [&](Square to) { *out++ = Move(static_cast<std::uint16_t>(move.bits() | to.index())); });
    out_ = out;
  }

  /// Moves from the squares that lie `back` behind the targets.
  void add_steps(Bitboard targets, int back, bool promote) {
    Move* out = out_;
    targets.for_each([&](Square to) {
      *out++ = Move::board(Square(static_cast<int>(to.index()) + back), to, promote);
    });
    out_ = out;
  }

  /// The first `count` of the kinds on each of the squares, written as whole vectors.
  void add_drops(DropKinds kinds, std::size_t count, Bitboard targets) {
    Move* out = out_;
    targets.for_each([&](Square to) {
      const DropKinds moves = kinds | static_cast<std::uint16_t>(to.index());
      std::memcpy(static_cast<void*>(out), &moves, sizeof moves);
      out += count;
    });
    out_ = out;
  }

  const Move* end() const { return out_; }

 private:
  Move* out_;
};

class MoveCounter {
 public:
  void add(Move, Bitboard targets) { count_ += static_cast<std::size_t>(targets.count()); }
  void add_steps(Bitboard targets, int, bool) { add(Move(), targets); }
  void add_drops(DropKinds, std::size_t count, Bitboard targets) {
    count_ += count * static_cast<std::size_t>(targets.count());
  }

  std::size_t count() const { return count_; }

 private:
  std::size_t count_ = 0;
};

}  // namespace keisei::shogi

#pragma once

#include <array>
#include <cstdint>

#include "shogi/types.h"

namespace keisei::shogi {

/// Random numbers whose sum (modulo 2^64) is a position's key. Fixed for all time: keys may be
/// stored.
struct ZobristTables {
  std::array<std::array<std::uint64_t, 32>, Square::kCount> board;  // [Square][Piece]
  std::array<std::array<std::uint64_t, 8>, 2> hand;                 // [Color][PieceType], per piece
  std::uint64_t white_to_move;
};

/// SplitMix64 (Steele, Lea, Flood 2014): one step of the generator.
constexpr std::uint64_t splitmix64(std::uint64_t& state) {
  std::uint64_t z = (state += 0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

constexpr ZobristTables make_zobrist_tables() {
  ZobristTables tables{};
  std::uint64_t state = 0x5053A5;
  for (std::size_t piece = 0; piece < 32; ++piece) {
    for (auto& pieces : tables.board) pieces[piece] = splitmix64(state);
  }
  for (auto& types : tables.hand) {
    for (auto& number : types) number = splitmix64(state);
  }
  tables.white_to_move = splitmix64(state);
  return tables;
}

inline constexpr ZobristTables kZobrist = make_zobrist_tables();

}  // namespace keisei::shogi

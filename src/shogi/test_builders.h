#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <initializer_list>
#include <random>
#include <string>
#include <string_view>

#include "shogi/game.h"
#include "shogi/usi.h"

/// The vocabulary of the rules tests.
namespace keisei::shogi::testing {

/// The position of an SFEN that the test's author knows to be right.
inline Position position(std::string_view sfen) {
  auto read = Position::from_sfen(sfen);
  if (!read) ADD_FAILURE() << sfen << ": " << read.error().message;
  return read.value();
}

inline Position after(Position start, std::initializer_list<std::string_view> moves) {
  for (const auto text : moves) start.do_move(parse_usi(text, start).value());
  return start;
}

inline void play(Game& game, std::initializer_list<std::string_view> moves, int times = 1) {
  for (int i = 0; i < times; ++i) {
    for (const auto text : moves) {
      ASSERT_FALSE(game.is_over()) << "before " << text << " at ply " << game.ply();
      const auto move = parse_usi(text, game.position());
      ASSERT_TRUE(move) << move.error().message;
      game.play(*move);
    }
  }
}

/// Calls visit(const Game&) for at least `count` positions of random games that reach every phase.
template <typename Visitor>
void visit_random_positions(std::uint64_t seed, int count, Visitor&& visit) {
  std::mt19937_64 random(seed);
  while (count > 0) {
    Game game;
    while (!game.is_over()) {
      visit(game);
      --count;
      const auto& moves = game.legal_moves();
      game.play(moves[random() % moves.size()]);
    }
  }
}

/// Sanitizers slow these tests down several times; they then see a share of the positions.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr int kSanitizerShare = 8;
#else
inline constexpr int kSanitizerShare = 1;
#endif

}  // namespace keisei::shogi::testing

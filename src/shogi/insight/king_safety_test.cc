#include "shogi/insight/king_safety.h"

#include <gtest/gtest.h>

#include "shogi/insight/test_squares.h"
#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using testing::at;
using testing::position;
using testing::squares;
using testing::visit_random_positions;

TEST(KingSafety, CountsTheSquaresThatAreLeft) {
  const auto board = position("k8/9/1G7/9/9/9/9/9/K8 w - 1");
  const KingSafety king = king_safety(board, Color::white);
  EXPECT_EQ(king.escapes, squares({"8a"}));
  EXPECT_EQ(king.exposed, squares({"9b", "8b"}));
  EXPECT_EQ(king.attackers, squares({"8c"}));
  EXPECT_FALSE(king.in_check);
}

TEST(KingSafety, LooksThroughTheKingAlongALine) {
  const auto board = position("9/9/4k4/9/4R4/9/9/9/K8 w - 1");
  const KingSafety king = king_safety(board, Color::white);
  EXPECT_TRUE(king.in_check);
  EXPECT_FALSE(king.escapes.contains(at("5b")));
}

TEST(KingSafety, NamesTheGuardsBesideTheKing) {
  const KingSafety king = king_safety(Position::startpos(), Color::black);
  EXPECT_EQ(king.guards, squares({"4i", "6i"}));
  EXPECT_EQ(king.escapes, squares({"4h", "5h", "6h"}));
  EXPECT_TRUE(king.attackers.empty());
}

TEST(KingSafety, EscapesAreTheKingsLegalMoves) {
  visit_random_positions(31, 20000 / testing::kSanitizerShare, [](const Game& game) {
    const Position& board = game.position();
    const Square king = board.king_square(board.side_to_move());
    Bitboard steps;
    for (const Move move : game.legal_moves()) {
      if (!move.is_drop() && move.from() == king) steps |= Bitboard(move.to());
    }
    ASSERT_EQ(king_safety(board, board.side_to_move()).escapes, steps) << board.sfen();
  });
}

}  // namespace
}  // namespace keisei::shogi

#include <gtest/gtest.h>

#include "base/counted_allocations.h"
#include "shogi/insight/exchange.h"
#include "shogi/insight/king_safety.h"
#include "shogi/insight/mate.h"
#include "shogi/insight/tactics.h"
#include "shogi/perft.h"
#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

TEST(Allocation, IsCountedAtAll) {
  const auto before = allocations;
  const auto number = std::make_unique<int>(1);
  EXPECT_GT(allocations, before);
}

TEST(Allocation, DoesNotHappenInMoveGenerationOrMakeAndUnmake) {
  Position root =
      testing::position("l6nl/5+P1gk/2np1S3/p1p4Pp/3P2Sp1/1PPb2P1P/P5GS1/R8/LN4bKL w RGgsn5p 1");
  const auto before = allocations;
  const auto leaves = perft_to_leaves(root, 2);
  const auto counted = perft(root, 2);
  EXPECT_EQ(allocations, before);
  EXPECT_EQ(leaves, 28684U);
  EXPECT_EQ(counted, 28684U);
}

TEST(Allocation, DoesNotHappenInPlayOfAGame) {
  std::mt19937_64 random(1);
  Game game;
  const auto before = allocations;
  while (!game.is_over()) game.play(game.legal_moves()[random() % game.legal_moves().size()]);
  EXPECT_EQ(allocations, before);
  EXPECT_GT(game.ply(), 50);
}

TEST(Allocation, DoesNotHappenInTheInsights) {
  const Position board =
      testing::position("l6nl/5+P1gk/2np1S3/p1p4Pp/3P2Sp1/1PPb2P1P/P5GS1/R8/LN4bKL w RGgsn5p 1");
  std::size_t seen = 0;
  const auto before = allocations;
  for (const Color color : {Color::black, Color::white}) {
    seen += hanging_pieces(board, color).size() + forks(board, color).size();
    seen += static_cast<std::size_t>(king_safety(board, color).guards.count());
  }
  for (const Move move : board.legal_moves()) seen += tactics_of(board, move).discovered.size();
  seen += find_mate(board, 3).nodes;
  EXPECT_EQ(allocations, before);
  EXPECT_GT(seen, 10U);
}

}  // namespace
}  // namespace keisei::shogi

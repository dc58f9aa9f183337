#include "shogi/declaration.h"

#include <gtest/gtest.h>

#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using testing::position;

TEST(Declaration, NeedsTwentyEightPointsOfBlack) {
  EXPECT_TRUE(may_declare(position("+R+R+B+BK4/GGGGSS3/9/9/9/9/9/9/8k b 2P 1")));
  EXPECT_FALSE(may_declare(position("+R+R+B+BK4/GGGGSS3/9/9/9/9/9/9/8k b P 1")));
}

TEST(Declaration, NeedsTwentySevenPointsOfWhite) {
  EXPECT_TRUE(may_declare(position("K8/9/9/9/9/9/9/3ssgggg/4k+b+b+r+r w p 1")));
  EXPECT_FALSE(may_declare(position("K8/9/9/9/9/9/9/3ssgggg/4k+b+b+r+r w - 1")));
}

TEST(Declaration, NeedsTenPiecesBesidesTheKing) {
  EXPECT_FALSE(may_declare(position("+R+R+B+BK4/GGGGS4/9/9/9/9/9/9/8k b 18P 1")));
  EXPECT_TRUE(may_declare(position("+R+R+B+BK4/GGGGS3+P/9/9/9/9/9/9/8k b 16P 1")));
}

TEST(Declaration, NeedsTheKingInTheZone) {
  EXPECT_FALSE(may_declare(position("+R+R+B+B5/GGGGSS3/9/4K4/9/9/9/9/8k b 2P 1")));
}

TEST(Declaration, IsForbiddenInCheck) {
  EXPECT_FALSE(may_declare(position("+R1+B+BK3r/GGGGSSPP1/9/9/9/9/9/9/8k b 9P 1")));
}

TEST(Declaration, CountsOnlyTheZoneAndTheHand) {
  const auto status = declaration_status(position("+R+R+B+BK4/GGGGSS3/9/9/4P4/9/9/9/8k b 2P 1"));
  EXPECT_EQ(status.points, 28);
  EXPECT_EQ(status.points_needed, 28);
  EXPECT_EQ(status.pieces_in_zone, 10);
  EXPECT_TRUE(status.king_in_zone);
  EXPECT_FALSE(status.in_check);
}

TEST(Declaration, IsAnsweredAlikeByTheFastAndTheFullTest) {
  testing::visit_random_positions(41, 20'000 / testing::kSanitizerShare, [](const Game& game) {
    ASSERT_EQ(may_declare(game.position()), declaration_status(game.position()).may_declare());
  });
}

TEST(Impasse, CountsTwentySevenEachAtTheStart) {
  EXPECT_EQ(impasse_points(Position::startpos(), Color::black), 27);
  EXPECT_EQ(impasse_points(Position::startpos(), Color::white), 27);
}

}  // namespace
}  // namespace keisei::shogi

#include <gtest/gtest.h>

#include "shogi/insight/fact_test_kit.h"

namespace keisei::shogi {
namespace {

using testing::at;
using testing::fact;
using testing::holds;
using testing::targets;

TEST(Checks, AreGivenByTheMovedPiece) {
  const char* board = "4k4/9/9/9/9/9/9/9/4K4 b R 1";
  EXPECT_TRUE(holds(board, "R*5e", MoveRule::check));
  EXPECT_FALSE(holds(board, "R*4e", MoveRule::check));
}

TEST(Checks, AreDiscoveredByThePieceBehind) {
  const char* board = "4k4/9/9/4S4/9/9/4L4/9/4K4 b - 1";
  const auto check = fact(board, "5d4c", MoveRule::discovered_check);
  ASSERT_TRUE(check);
  EXPECT_EQ(check->piece, PieceType::lance);
  EXPECT_EQ(check->square, at("5g"));
  EXPECT_FALSE(holds(board, "5d4c", MoveRule::check));
  EXPECT_FALSE(holds(board, "5d5c", MoveRule::discovered_check)) << "it stays on the file";
}

TEST(Checks, AreDoubleFromTwoPieces) {
  const char* board = "4k4/9/4S4/9/9/9/4L4/9/4K4 b - 1";
  EXPECT_TRUE(holds(board, "5c4b", MoveRule::double_check));
  EXPECT_FALSE(holds(board, "5c4b", MoveRule::discovered_check));
  EXPECT_FALSE(holds(board, "5c5b", MoveRule::double_check));
}

TEST(BlockingDrops, ComeBetweenKingAndChecker) {
  EXPECT_TRUE(holds("4k4/4r4/9/9/9/9/9/9/4K4 b P 1", "P*5h", MoveRule::blocking_drop));
  EXPECT_FALSE(holds("4k4/4r4/9/9/9/9/9/9/4K4 b P 1", "5i4i", MoveRule::blocking_drop));
  EXPECT_FALSE(holds("4k4/3r5/9/9/9/9/9/9/4K4 b P 1", "P*5h", MoveRule::blocking_drop))
      << "there is no check";
}

TEST(Forks, ThreatenTwoPieces) {
  EXPECT_EQ(targets(fact("4k4/1g1s5/9/9/9/9/9/9/4K4 b N 1", "N*7d", MoveRule::fork)), "G8b S6b");
}

TEST(Forks, WithCheckAreNamedSo) {
  const char* board = "9/1r5k1/9/9/9/9/9/9/4K4 b B 1";
  EXPECT_EQ(targets(fact(board, "B*5e", MoveRule::fork_with_check)), "K2b R8b");
  EXPECT_FALSE(holds(board, "B*5e", MoveRule::fork));
}

TEST(Forks, AreNoneOfTwoPawns) {
  EXPECT_FALSE(holds("4k4/1p1p5/9/9/9/9/9/9/4K4 b N 1", "N*7d", MoveRule::fork));
}

TEST(Forks, AreNoneWhenThePieceCanBeTaken) {
  EXPECT_FALSE(holds("4k4/1g1s5/2p6/9/9/9/9/9/4K4 b N 1", "N*7d", MoveRule::fork));
}

TEST(Pins, HoldAPieceBeforeItsKing) {
  const auto pin = fact("4k4/4s4/9/9/9/9/9/9/4K4 b L 1", "L*5d", MoveRule::pin);
  EXPECT_EQ(targets(pin), "S5b");
  EXPECT_EQ(pin->square, at("5d"));
}

TEST(Pins, AreNoneOfAPawn) {
  EXPECT_FALSE(holds("4k4/4p4/9/9/9/9/9/9/4K4 b L 1", "L*5d", MoveRule::pin));
}

TEST(Pins, AreNoneWhenThePinnerCanBeTaken) {
  EXPECT_FALSE(holds("4k4/4s4/9/9/9/9/9/9/4K4 b L 1", "L*5c", MoveRule::pin));
}

TEST(Pins, AreOnlySaidWhenTheyAreNew) {
  EXPECT_FALSE(holds("4k4/4s4/9/4L4/9/9/9/9/4K4 b P 1", "P*9e", MoveRule::pin));
}

TEST(Skewers, GoThroughTheDearerPiece) {
  const auto skewer = fact("9/9/9/9/3k5/9/1r7/9/4K4 b B 1", "B*4c", MoveRule::skewer);
  EXPECT_EQ(targets(skewer), "K6e R8g");
}

TEST(Skewers, AreNoneThroughTheCheaperPiece) {
  EXPECT_FALSE(holds("9/9/9/9/3s5/9/1r7/9/4K3k b B 1", "B*4c", MoveRule::skewer));
}

TEST(Skewers, AreNoneWhenThePieceBehindIsGuardedAndCheap) {
  EXPECT_FALSE(holds("9/9/9/9/3k5/1p7/1g7/9/4K4 b B 1", "B*4c", MoveRule::skewer));
  EXPECT_TRUE(holds("9/9/9/9/3k5/9/1g7/9/4K4 b B 1", "B*4c", MoveRule::skewer));
}

TEST(Attacks, AreNewThreatsOnOnePiece) {
  const char* board = "4k4/9/9/9/2s6/9/9/9/4K4 b R 1";
  EXPECT_EQ(targets(fact(board, "R*2e", MoveRule::attack)), "S7e");
  EXPECT_FALSE(holds("4k4/9/9/9/2s4R1/9/9/9/4K4 b - 1", "2e3e", MoveRule::attack)) << "not new";
  EXPECT_FALSE(holds("4k4/9/9/9/2p6/9/9/9/4K4 b R 1", "R*2e", MoveRule::attack)) << "a pawn";
}

TEST(Attacks, AreNoneOnAPieceThatIsGuardedAndCheaper) {
  EXPECT_FALSE(holds("4k4/9/9/2p6/2s6/9/9/9/4K4 b R 1", "R*2e", MoveRule::attack));
}

TEST(KingAttacks, JoinOtherPieces) {
  const auto attack = fact("4k4/9/5G3/9/9/9/9/9/4K4 b S 1", "S*6c", MoveRule::king_attacked);
  ASSERT_TRUE(attack);
  EXPECT_EQ(attack->amount, 2);
}

TEST(KingAttacks, AreNoneOfAPieceAlone) {
  EXPECT_FALSE(holds("4k4/9/9/9/9/9/9/9/4K4 b S 1", "S*6c", MoveRule::king_attacked));
}

TEST(KingAttacks, AreNoneOfAPieceThatWasThereBefore) {
  EXPECT_FALSE(holds("4k4/9/3S1G3/9/9/9/9/9/4K4 b - 1", "6c7b", MoveRule::king_attacked));
}

}  // namespace
}  // namespace keisei::shogi

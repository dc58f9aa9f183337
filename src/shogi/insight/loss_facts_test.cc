#include <gtest/gtest.h>

#include "shogi/insight/fact_test_kit.h"

namespace keisei::shogi {
namespace {

using testing::at;
using testing::fact;
using testing::holds;
using testing::targets;

TEST(Captures, OfAnUndefendedPieceAreSaidToBe) {
  const auto taken = fact("4k4/9/9/7g1/9/9/9/7R1/4K4 b - 1", "2h2d", MoveRule::undefended_taken);
  ASSERT_TRUE(taken);
  EXPECT_EQ(taken->piece, PieceType::rook);
  EXPECT_EQ(taken->square, at("2d"));
  EXPECT_EQ(targets(taken), "G2d");
  EXPECT_EQ(taken->amount, 12);
}

// The pinned gold guards the silver but may not take: what it guards is no gift all the same.
TEST(Captures, OfAPieceThatOnlyAPinnedOneGuardsAreNotOfAnUndefendedOne) {
  const char* board = "4k4/4g4/3s5/9/9/9/3R5/4L4/4K4 b - 1";
  EXPECT_FALSE(holds(board, "6g6c", MoveRule::undefended_taken));
  EXPECT_TRUE(holds(board, "6g6c", MoveRule::exchange_won));
}

TEST(Captures, OfMoreThanTheRecaptureTakesAreWon) {
  const char* board = "4k4/9/7p1/7g1/7S1/9/9/9/4K4 b - 1";
  ASSERT_TRUE(holds(board, "2e2d", MoveRule::exchange_won));
  EXPECT_EQ(fact(board, "2e2d", MoveRule::exchange_won)->amount, 2);
}

TEST(Captures, OfAsMuchAsTheRecaptureTakesAreEven) {
  EXPECT_TRUE(holds("4k4/9/7p1/7g1/7G1/9/9/9/4K4 b - 1", "2e2d", MoveRule::exchange_even));
}

TEST(Captures, OfLessThanTheRecaptureTakesAreLost) {
  const char* board = "4k4/9/7p1/7g1/9/9/9/7R1/4K4 b - 1";
  ASSERT_TRUE(holds(board, "2h2d", MoveRule::exchange_lost));
  EXPECT_EQ(fact(board, "2h2d", MoveRule::exchange_lost)->amount, 8);
  EXPECT_FALSE(holds(board, "2h2d", MoveRule::piece_offered)) << "it is an exchange";
}

// The pawn that takes the rook does not stop the gold from mating.
TEST(Sacrifices, AreOffersWhoseTakerIsMated) {
  const char* board = "4k4/9/p3P4/9/9/9/9/9/4K4 b RG 1";
  ASSERT_TRUE(holds(board, "R*9d", MoveRule::sacrifice));
  EXPECT_EQ(fact(board, "R*9d", MoveRule::sacrifice)->amount, 20);
  EXPECT_FALSE(holds(board, "R*9d", MoveRule::piece_offered));
}

TEST(Sacrifices, AreMereOffersWithoutTheMate) {
  const char* board = "4k4/9/p3P4/9/9/9/9/9/4K4 b R 1";
  EXPECT_FALSE(holds(board, "R*9d", MoveRule::sacrifice));
  EXPECT_TRUE(holds(board, "R*9d", MoveRule::piece_offered));
}

TEST(Offers, AreMovesToWhereThePieceIsLost) {
  const char* board = "2r1k4/9/9/9/9/9/4p4/4R4/4K4 b - 1";
  ASSERT_TRUE(holds(board, "5h7h", MoveRule::piece_offered));
  EXPECT_EQ(fact(board, "5h7h", MoveRule::piece_offered)->amount, 22) << "it promotes";
  EXPECT_FALSE(holds(board, "5h6h", MoveRule::piece_offered));
}

TEST(Offers, AreNoneOfAPawn) {
  EXPECT_FALSE(holds("4k4/9/9/7g1/9/7P1/9/9/4K4 b - 1", "2f2e", MoveRule::piece_offered));
  EXPECT_FALSE(holds("4k4/9/9/7r1/9/9/9/7P1/4K4 b - 1", "2h2g", MoveRule::piece_offered))
      << "whose captor promotes";
}

TEST(SavedPieces, StoodToBeLostAndWentWhereTheyDoNot) {
  const char* board = "4k4/9/9/7p1/7S1/9/9/9/4K4 w - 1";
  ASSERT_FALSE(holds(board, "5a5b", MoveRule::piece_saved));
  const char* attacked = "4k4/9/9/7p1/7S1/9/9/9/4K4 b - 1";
  const auto saved = fact(attacked, "2e3f", MoveRule::piece_saved);
  ASSERT_TRUE(saved);
  EXPECT_EQ(saved->square, at("3f"));
  EXPECT_EQ(saved->amount, 10);
}

TEST(SavedPieces, AreNoneWhereTheyAreLostAllTheSame) {
  EXPECT_FALSE(holds("4k4/9/8l/7p1/7S1/9/9/9/4K4 b - 1", "2e1f", MoveRule::piece_saved));
}

TEST(SavedPieces, AreNoneThatWereGuarded) {
  EXPECT_FALSE(holds("4k4/9/9/7r1/7S1/7P1/9/9/4K4 b - 1", "2e3d", MoveRule::piece_saved));
}

TEST(Defences, GuardWhatStoodToBeLost) {
  const char* board = "4k4/9/9/7r1/9/7S1/9/9/4K2G1 b P 1";
  const auto defended = fact(board, "P*2g", MoveRule::piece_defended);
  ASSERT_TRUE(defended);
  EXPECT_EQ(defended->piece, PieceType::pawn);
  EXPECT_EQ(targets(defended), "S2f");
  EXPECT_FALSE(holds(board, "P*3g", MoveRule::piece_defended)) << "beside it";
}

TEST(Defences, AreNoneAgainstACheaperAttacker) {
  EXPECT_FALSE(holds("4k4/9/9/9/7p1/7S1/9/9/4K4 b P 1", "P*2g", MoveRule::piece_defended));
}

TEST(LeftPieces, StandToBeLostElsewhere) {
  const char* board = "4k4/9/9/7r1/9/7S1/9/9/4K4 b - 1";
  const auto left = fact(board, "5i5h", MoveRule::piece_left);
  ASSERT_TRUE(left);
  EXPECT_EQ(left->piece, PieceType::silver);
  EXPECT_EQ(left->square, at("2f"));
  EXPECT_EQ(left->amount, 10);
  EXPECT_FALSE(holds(board, "2f3g", MoveRule::piece_left)) << "it went away";
}

TEST(LeftPieces, AreNoPawns) {
  EXPECT_FALSE(holds("4k4/9/9/7r1/9/7P1/9/9/4K4 b - 1", "5i5h", MoveRule::piece_left));
  EXPECT_FALSE(holds("4k4/9/9/7r1/9/9/7P1/9/4K4 b - 1", "5i5h", MoveRule::piece_left))
      << "whose captor promotes";
}

TEST(Promotions, NameWhatThePieceHasBecome) {
  const auto promotion = fact("4k4/9/9/7R1/9/9/9/9/4K4 b - 1", "2d2c+", MoveRule::promotion);
  ASSERT_TRUE(promotion);
  EXPECT_EQ(promotion->piece, PieceType::dragon);
}

TEST(Promotions, AreDeclinedWhereTheyWereOpen) {
  const char* board = "4k4/9/7R1/9/9/9/9/9/4K4 b G 1";
  EXPECT_TRUE(holds(board, "2c2f", MoveRule::promotion_declined)) << "it left the zone";
  EXPECT_FALSE(holds(board, "G*3c", MoveRule::promotion_declined)) << "a drop never promotes";
  EXPECT_FALSE(holds("4k4/9/9/7R1/9/9/9/9/4K4 b - 1", "2d2e", MoveRule::promotion_declined));
  EXPECT_FALSE(holds("4k4/9/7G1/9/9/9/9/9/4K4 b - 1", "2c2d", MoveRule::promotion_declined));
}

}  // namespace
}  // namespace keisei::shogi

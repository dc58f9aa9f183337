#include <gtest/gtest.h>

#include "shogi/insight/fact_test_kit.h"

namespace keisei::shogi {
namespace {

using testing::fact;
using testing::facts_of;
using testing::holds;

std::string first_of(const std::optional<MoveFact>& mate) {
  return mate ? to_usi(mate->move) : "no fact";
}

constexpr const char* kGoldMates = "4k4/9/4P4/9/9/9/9/9/4K4 b G 1";
constexpr const char* kThree = "6ln1/6l1k/6S2/8N/9/9/9/9/9 b GS2r2b3g2s2n2l18p 1";

TEST(Mates, LeaveNothingElseToSay) {
  const MoveFacts facts = facts_of(kGoldMates, "G*5b");
  ASSERT_EQ(facts.size(), 1U);
  EXPECT_EQ(facts.front().rule, MoveRule::mate);
}

TEST(Mates, AreMissedByAnyOtherMove) {
  EXPECT_EQ(first_of(fact(kGoldMates, "5i5h", MoveRule::mate_in_1_missed)), "G*5b");
  EXPECT_FALSE(holds(kGoldMates, "G*5b", MoveRule::mate_in_1_missed));
  EXPECT_FALSE(holds("4k4/9/9/4P4/9/9/9/9/4K4 b G 1", "5i5h", MoveRule::mate_in_1_missed));
}

TEST(MatesInThree, AreFoundByTheirFirstMove) {
  EXPECT_TRUE(holds(kThree, "1d2b+", MoveRule::mate_in_3_found));
  EXPECT_FALSE(holds(kThree, "1d2b+", MoveRule::mate_in_3_missed));
}

TEST(MatesInThree, AreMissedByAMoveThatForcesNone) {
  EXPECT_EQ(first_of(fact(kThree, "G*9i", MoveRule::mate_in_3_missed)), "1d2b+");
  EXPECT_FALSE(holds(kThree, "G*9i", MoveRule::mate_in_3_found));
}

TEST(MateThreats, AreMatesIfTheOpponentPassed) {
  const char* board = "4k4/9/9/4P4/9/9/9/9/4K4 b G 1";
  EXPECT_EQ(first_of(fact(board, "5d5c", MoveRule::mate_in_1_threatened)), "G*5b");
  EXPECT_FALSE(holds("4k4/9/9/4P4/9/9/9/9/4K4 b - 1", "5d5c", MoveRule::mate_in_1_threatened))
      << "nothing to drop";
}

TEST(MateThreats, AreNoneInCheck) {
  EXPECT_FALSE(holds("4k4/9/3P5/9/9/9/9/9/4K4 b RG 1", "R*5e", MoveRule::mate_in_1_threatened));
}

TEST(MateThreats, LookThreePliesAhead) {
  const char* board = "6ln1/6l1k/9/5S2N/9/9/9/9/9 b GS2r2b3g2s2n2l18p 1";
  EXPECT_EQ(first_of(fact(board, "4d3c", MoveRule::mate_in_3_threatened)), "1d2b+");
  EXPECT_FALSE(holds(board, "4d5c", MoveRule::mate_in_3_threatened));
}

TEST(MatesAllowed, AreTheOpponentsChance) {
  const char* board = "4k4/9/p3P4/9/9/9/9/9/4K4 w G 1";
  EXPECT_EQ(first_of(fact(board, "9c9d", MoveRule::mate_in_1_allowed)), "G*5b");
  EXPECT_FALSE(holds(board, "5a4a", MoveRule::mate_in_1_allowed));
}

TEST(MatesPrevented, WereThreatened) {
  const char* board = "4k4/9/p3P4/9/9/9/9/9/4K4 w G 1";
  EXPECT_EQ(first_of(fact(board, "5a4a", MoveRule::mate_in_1_prevented)), "G*5b");
  EXPECT_FALSE(holds(board, "9c9d", MoveRule::mate_in_1_prevented));
  EXPECT_FALSE(holds("4k4/9/p3P4/9/9/9/9/9/4K4 w - 1", "5a4a", MoveRule::mate_in_1_prevented));
}

// The check only puts it off.
TEST(MatesPrevented, AreNotThoseThatACheckPutsOff) {
  const char* board = "4k4/9/p3P4/9/9/9/9/9/4K4 w Gr 1";
  EXPECT_FALSE(holds(board, "R*5e", MoveRule::mate_in_1_prevented));
}

TEST(MatesPrevented, LookThreePliesAhead) {
  const char* board = "6ln1/6l1k/p5S2/8N/9/9/9/9/9 w GS 1";
  EXPECT_EQ(first_of(fact(board, "2a3c", MoveRule::mate_in_3_prevented)), "1d2b+");
  EXPECT_TRUE(holds(board, "9c9d", MoveRule::mate_in_3_allowed));
  EXPECT_FALSE(holds(board, "9c9d", MoveRule::mate_in_3_prevented));
}

}  // namespace
}  // namespace keisei::shogi

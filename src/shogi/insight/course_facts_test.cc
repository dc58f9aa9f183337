#include <gtest/gtest.h>

#include "shogi/insight/fact_test_kit.h"

namespace keisei::shogi {
namespace {

using testing::fact;
using testing::facts_in_game;
using testing::holds;

TEST(EnteringKings, CountTheirPoints) {
  const char* board = "9/9/G8/4K4/9/9/9/9/4k4 b R 1";
  const auto enters = fact(board, "5d5c", MoveRule::king_enters);
  ASSERT_TRUE(enters);
  EXPECT_EQ(enters->amount, 6) << "a gold in the zone, a rook in hand";
  EXPECT_EQ(enters->of, 28);
  EXPECT_FALSE(holds(board, "5d5e", MoveRule::king_enters));
}

TEST(EnteringKings, EnterOnce) {
  EXPECT_FALSE(holds("9/9/4K4/9/9/9/9/9/4k4 b - 1", "5c5b", MoveRule::king_enters));
}

TEST(Repetitions, CountTheStart) {
  const MoveFacts facts = facts_in_game({"5i5h", "5a5b", "5h5i", "5b5a"});
  const MoveFact* repetition = find_fact(facts, MoveRule::repetition);
  ASSERT_NE(repetition, nullptr);
  EXPECT_EQ(repetition->amount, 2);
}

TEST(Repetitions, CountEveryTime) {
  const MoveFacts facts =
      facts_in_game({"5i5h", "5a5b", "5h5i", "5b5a", "5i5h", "5a5b", "5h5i", "5b5a"});
  EXPECT_EQ(find_fact(facts, MoveRule::repetition)->amount, 3);
}

TEST(Repetitions, AreNoneOfAnotherPosition) {
  EXPECT_EQ(find_fact(facts_in_game({"5i5h", "5a5b", "5h5i", "5b4b"}), MoveRule::repetition),
            nullptr);
}

}  // namespace
}  // namespace keisei::shogi

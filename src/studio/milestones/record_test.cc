#include "studio/milestones/record.h"

#include <gtest/gtest.h>

namespace keisei::studio {
namespace {

Milestone game_of(double plies, double at = 1) {
  Milestone milestone{};
  milestone.kind = protocol::MilestoneKind::longest_game;
  milestone.value = plies;
  milestone.reached_at = at;
  return milestone;
}

// All but the last of the games that a first record needs.
void hear_most_of_the_first(Record& record, double plies) {
  for (int i = 1; i < Record::kFirst; ++i) ASSERT_FALSE(record.hear(game_of(plies)));
}

TEST(Record, IsFirstToldOfTheFirstGamesWhicheverOfThemHoldsIt) {
  Record record = longest_record();
  record.hear(game_of(400, 7));
  for (int i = 2; i < Record::kFirst; ++i) ASSERT_FALSE(record.hear(game_of(100)));
  const auto told = record.hear(game_of(99, 80));
  ASSERT_TRUE(told);
  EXPECT_EQ(told->value, 400);
  EXPECT_EQ(told->reached_at, 80);
}

TEST(Record, IsToldAgainOnlyWhenItIsBeatenByTheMargin) {
  Record record = longest_record();
  hear_most_of_the_first(record, 100);
  EXPECT_TRUE(record.hear(game_of(100)));
  EXPECT_FALSE(record.hear(game_of(109)));
  EXPECT_FALSE(record.hear(game_of(109)));
  EXPECT_TRUE(record.hear(game_of(110)));
  EXPECT_FALSE(record.hear(game_of(120)));
  EXPECT_TRUE(record.hear(game_of(121)));
}

TEST(Record, OfTheShortestGoesDown) {
  Record record = shortest_record();
  hear_most_of_the_first(record, 100);
  EXPECT_EQ(record.hear(game_of(120))->value, 100);
  EXPECT_FALSE(record.hear(game_of(91)));
  EXPECT_TRUE(record.hear(game_of(90)));
}

TEST(Record, GoesOnFromTheBestThatWasToldBefore) {
  Record record = shortest_record();
  record.know(100);
  record.know(70);
  record.know(80);
  EXPECT_FALSE(record.hear(game_of(64)));
  EXPECT_TRUE(record.hear(game_of(63)));
}

}  // namespace
}  // namespace keisei::studio

#include "hook/backlog.h"

#include <gtest/gtest.h>

namespace keisei::hook {
namespace {

Stamped<MoveEvent> move_at(double time, int ply) {
  Stamped<MoveEvent> move{time, {}};
  move.event.ply = ply;
  return move;
}

class BacklogTest : public testing::Test {
 protected:
  int next_ply() { return std::get<Stamped<MoveEvent>>(backlog_.take()).event.ply; }

  EventCounters counters_;
  Backlog backlog_{{.games = 2, .metrics = 2, .moves = 3, .attention = 0}, counters_};
};

TEST_F(BacklogTest, GivesEventsInTheOrderOfTheirEmission) {
  backlog_.add(Stamped<GameFinishedEvent>{3, {}});
  backlog_.add(move_at(1, 0));
  backlog_.add(Stamped<MetricsEvent>{2, {}});
  EXPECT_TRUE(std::holds_alternative<Stamped<MoveEvent>>(backlog_.take()));
  EXPECT_TRUE(std::holds_alternative<Stamped<MetricsEvent>>(backlog_.take()));
  EXPECT_TRUE(std::holds_alternative<Stamped<GameFinishedEvent>>(backlog_.take()));
  EXPECT_TRUE(backlog_.empty());
}

TEST_F(BacklogTest, GivesAGamesLastMoveBeforeItsResult) {
  backlog_.add(Stamped<GameFinishedEvent>{1, {}});
  backlog_.add(move_at(1, 0));
  EXPECT_TRUE(std::holds_alternative<Stamped<MoveEvent>>(backlog_.take()));
}

TEST_F(BacklogTest, DropsTheOldestOfAKindAtItsLimit) {
  for (int i = 0; i < 5; ++i) backlog_.add(move_at(i, i));
  EXPECT_EQ(next_ply(), 2);
  EXPECT_EQ(counters_.dropped_by().at("move/backlog_full"), 2);
}

TEST_F(BacklogTest, NeverDropsAGameForMoves) {
  backlog_.add(Stamped<GameFinishedEvent>{0, {}});
  for (int i = 1; i < 100; ++i) backlog_.add(move_at(i, i));
  EXPECT_TRUE(std::holds_alternative<Stamped<GameFinishedEvent>>(backlog_.take()));
}

TEST_F(BacklogTest, KeepsNothingOfAKindWithoutRoom) {
  backlog_.add(Stamped<AttentionEvent>{1, {}});
  EXPECT_TRUE(backlog_.empty());
  EXPECT_EQ(counters_.dropped(), 1U);
}

TEST_F(BacklogTest, TakesBackWhatCouldNotBeSent) {
  backlog_.add(move_at(1, 1));
  backlog_.add(move_at(2, 2));
  backlog_.put_back(backlog_.take());
  EXPECT_EQ(next_ply(), 1);
  EXPECT_EQ(next_ply(), 2);
}

}  // namespace
}  // namespace keisei::hook

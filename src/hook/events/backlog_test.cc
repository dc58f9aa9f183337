#include "hook/events/backlog.h"

#include <gtest/gtest.h>

#include <vector>

namespace keisei::hook {
namespace {

Stamped<MoveEvent> move_at(double time, int ply) {
  Stamped<MoveEvent> move{time, {}};
  move.event.ply = ply;
  return move;
}

template <class Event>
bool holds(const Waiting& waiting) {
  return std::holds_alternative<const Stamped<Event>*>(waiting);
}

class BacklogTest : public testing::Test {
 protected:
  Waiting take() { return backlog_.take(++seq_); }
  int next_ply() { return std::get<const Stamped<MoveEvent>*>(take())->event.ply; }

  static Rooms small_rooms() {
    Rooms rooms;
    rooms.of<GameFinishedEvent>().backlog = rooms.of<MetricsEvent>().backlog = 2;
    rooms.of<MoveEvent>().backlog = 3;
    rooms.of<AttentionEvent>().backlog = 0;
    return rooms;
  }

  EventCounters counters_;
  Backlog backlog_{small_rooms(), counters_};
  std::uint64_t seq_ = 0;
};

TEST_F(BacklogTest, GivesEventsInTheOrderOfTheirEmission) {
  backlog_.add(Stamped<GameFinishedEvent>{3, {}});
  backlog_.add(move_at(1, 0));
  backlog_.add(Stamped<MetricsEvent>{2, {}});
  EXPECT_TRUE(holds<MoveEvent>(take()));
  EXPECT_TRUE(holds<MetricsEvent>(take()));
  EXPECT_TRUE(holds<GameFinishedEvent>(take()));
  EXPECT_TRUE(backlog_.empty());
}

TEST_F(BacklogTest, GivesAGamesLastMoveBeforeItsResult) {
  backlog_.add(Stamped<GameFinishedEvent>{1, {}});
  backlog_.add(move_at(1, 0));
  EXPECT_TRUE(holds<MoveEvent>(take()));
}

TEST_F(BacklogTest, GivesANewRunBeforeItsFirstMove) {
  backlog_.add(move_at(1, 0));
  backlog_.add(Stamped<RunStartedEvent>{1, {}});
  EXPECT_TRUE(holds<RunStartedEvent>(take()));
}

TEST_F(BacklogTest, DropsTheOldestOfAKindAtItsLimit) {
  for (int i = 0; i < 5; ++i) backlog_.add(move_at(i, i));
  EXPECT_EQ(next_ply(), 2);
  EXPECT_EQ(counters_.dropped_by().at("move/backlog_full"), 2);
}

TEST_F(BacklogTest, NeverDropsAGameForMoves) {
  backlog_.add(Stamped<GameFinishedEvent>{0, {}});
  for (int i = 1; i < 100; ++i) backlog_.add(move_at(i, i));
  EXPECT_TRUE(holds<GameFinishedEvent>(take()));
}

TEST_F(BacklogTest, KeepsNothingOfAKindWithoutRoom) {
  backlog_.add(Stamped<AttentionEvent>{1, {}});
  EXPECT_TRUE(backlog_.empty());
  EXPECT_EQ(counters_.dropped(), 1U);
}

TEST_F(BacklogTest, SendsAgainWhatWasNotConfirmed) {
  for (int i = 0; i < 3; ++i) backlog_.add(move_at(i, i));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(next_ply(), i);
  backlog_.acknowledge(1);
  backlog_.lost();
  EXPECT_EQ(next_ply(), 1);
  EXPECT_EQ(next_ply(), 2);
  EXPECT_EQ(counters_.acknowledged(), 1U);
  EXPECT_EQ(counters_.dropped(), 0U);
}

TEST_F(BacklogTest, CountsTheUnconfirmedThatMadeRoomWhenTheConnectionEnds) {
  for (int i = 0; i < 3; ++i) backlog_.add(move_at(i, i));
  for (int i = 0; i < 3; ++i) take();
  for (int i = 3; i < 5; ++i) backlog_.add(move_at(i, i));  // 0 and 1 make room
  EXPECT_EQ(counters_.dropped(), 0U) << "they may have arrived";
  backlog_.acknowledge(1);
  backlog_.lost();
  EXPECT_EQ(counters_.acknowledged(), 1U);
  EXPECT_EQ(counters_.dropped_by().at("move/connection_lost"), 1);
  EXPECT_EQ(next_ply(), 2);
}

// A showcase that confirms nothing would let what is to be kept in mind grow for ever.
TEST_F(BacklogTest, TakesNothingForArrivedThatNobodyConfirmed) {
  constexpr int kRoom = 3;
  constexpr int kMost = static_cast<int>(Backlog::kMostReleased);
  for (int i = 0; i < kRoom + kMost + 2; ++i) {
    backlog_.add(move_at(i, i));
    take();
  }
  EXPECT_EQ(counters_.acknowledged(), 0U);
  EXPECT_EQ(counters_.dropped_by().at("move/connection_lost"), 2);
  EXPECT_LE(backlog_.bytes(), kMost * sizeof(std::uint64_t) + 4 * sizeof(MoveEvent));
}

TEST_F(BacklogTest, SpillsCriticalEventsInTheOrderOfTheirEmission) {
  backlog_.add(Stamped<GameFinishedEvent>{1, {}});
  backlog_.add(Stamped<EvaluationEvent>{2, {}});
  backlog_.add(Stamped<GameFinishedEvent>{3, {}});
  backlog_.add(move_at(0, 0));
  std::vector<double> times;
  while (backlog_.spill_one([&](const auto& stamped) {
    times.push_back(stamped.emitted_at);
    return true;
  })) {
  }
  EXPECT_EQ(times, (std::vector<double>{1, 2, 3}));
  EXPECT_TRUE(holds<MoveEvent>(take())) << "moves are not critical";
  EXPECT_TRUE(backlog_.empty());
}

TEST_F(BacklogTest, KeepsWhatCannotBeSpilled) {
  backlog_.add(Stamped<GameFinishedEvent>{1, {}});
  EXPECT_FALSE(backlog_.spill_one([](const auto&) { return false; }));
  EXPECT_TRUE(holds<GameFinishedEvent>(take()));
}

TEST_F(BacklogTest, CountsWhatItGivesUp) {
  backlog_.add(move_at(1, 0));
  backlog_.add(Stamped<GameFinishedEvent>{2, {}});
  backlog_.give_up();
  EXPECT_TRUE(backlog_.empty());
  EXPECT_EQ(counters_.dropped_by().at("move/ended"), 1);
  EXPECT_EQ(counters_.dropped_by().at("game_finished/ended"), 1);
}

TEST_F(BacklogTest, KnowsWhenAKindIsFull) {
  for (int i = 0; i < 2; ++i) {
    EXPECT_FALSE(backlog_.is_full<GameFinishedEvent>());
    backlog_.add(Stamped<GameFinishedEvent>{1, {}});
  }
  EXPECT_TRUE(backlog_.is_full<GameFinishedEvent>());
}

TEST_F(BacklogTest, KnowsItsSize) {
  EXPECT_EQ(backlog_.bytes(), 0U);
  for (int i = 0; i < 100; ++i) backlog_.add(move_at(i, i));
  EXPECT_GE(backlog_.bytes(), 3 * sizeof(MoveEvent));
  EXPECT_LE(backlog_.bytes(), 4 * sizeof(MoveEvent));
}

}  // namespace
}  // namespace keisei::hook

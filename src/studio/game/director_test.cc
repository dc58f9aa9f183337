#include "studio/game/director.h"

#include <gmock/gmock.h>

#include <optional>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using testing::long_moves;
using testing::short_moves;
using testing::TrainerGame;

class DirectorTest : public ::testing::Test {
 protected:
  // Returns how many scenes changed while the time passed, looking every 100 ms.
  int watch(std::chrono::milliseconds time) {
    int changes = 0;
    for (auto passed = 0ms; passed < time; passed += 100ms) {
      clock_.pass(100ms);
      if (director_.advance(clock_.steady())) ++changes;
    }
    return changes;
  }
  bool look() { return director_.advance(clock_.steady()); }
  const Scene& scene() { return *director_.scene(); }
  GameLibrary& library() { return director_.library(); }

  ManualClock clock_;
  Counters counters_;
  Director director_{DirectorOptions{}, counters_, testing::kUntold};
};

TEST_F(DirectorTest, ShowsTheFirstPositionAsSoonAsThereIsAMove) {
  EXPECT_FALSE(look());
  TrainerGame(1, short_moves()).tell(library(), 0, 1);
  ASSERT_TRUE(look());
  EXPECT_EQ(scene().ply, 0);
  EXPECT_FALSE(scene().move);
}

TEST_F(DirectorTest, PlaysAMoveEveryThreeSeconds) {
  TrainerGame(1, short_moves()).tell_all(library());
  look();
  EXPECT_EQ(watch(2900ms), 0);
  EXPECT_EQ(watch(100ms), 1);
  EXPECT_EQ(scene().ply, 1);
  EXPECT_EQ(watch(9s), 3);
  EXPECT_EQ(scene().ply, 4);
}

TEST_F(DirectorTest, WaitsForTheTrainerAndGoesOnAtOnce) {
  const TrainerGame game(1, short_moves());
  game.tell(library(), 0, 2);
  look();
  watch(60s);
  EXPECT_EQ(scene().ply, 1) << "the position after move 2 has no prediction yet";
  game.tell(library(), 2, 3);
  EXPECT_TRUE(look());
  EXPECT_EQ(scene().ply, 2);
}

TEST_F(DirectorTest, RestsOnTheResultAndThenShowsTheNextGame) {
  TrainerGame(1, short_moves()).tell_all(library());
  look();
  TrainerGame(2, short_moves()).tell_all(library());
  watch(7 * 3s);
  ASSERT_TRUE(scene().over);
  EXPECT_EQ(watch(5900ms), 0);
  EXPECT_EQ(watch(100ms), 1);
  EXPECT_EQ(scene().game->number(), 2);
  EXPECT_EQ(scene().ply, 0);
}

TEST_F(DirectorTest, KeepsTheResultUntilThereIsANextGame) {
  TrainerGame(1, short_moves()).tell_all(library());
  look();
  watch(5min);
  EXPECT_TRUE(scene().over);
  EXPECT_EQ(scene().game->number(), 1);
}

TEST_F(DirectorTest, NeverGoesBackToAGameThatWasPlayedBefore) {
  TrainerGame(1, long_moves(30), 1)
      .tell_all(library(), protocol::EndReason::repetition, std::nullopt);
  TrainerGame(2, long_moves(30), 2).tell_all(library(), protocol::EndReason::checkmate);
  look();
  ASSERT_EQ(scene().game->number(), 2) << "the mate is better to watch";
  watch(5min);
  EXPECT_TRUE(scene().over);
  EXPECT_EQ(scene().game->number(), 2);
  TrainerGame(3, short_moves(), 3).tell_all(library());
  EXPECT_TRUE(look());
  EXPECT_EQ(scene().game->number(), 3);
}

TEST_F(DirectorTest, ShowsWhatATrainerPlaysThatResumedFromLongAgo) {
  TrainerGame(900, short_moves(), 90).tell_all(library());
  look();
  library().reconnect();
  TrainerGame(7, short_moves(), 5).tell_all(library());
  watch(1min);
  EXPECT_EQ(scene().game->number(), 7);
}

TEST_F(DirectorTest, JoinsALongGameSoThatItsEndIsSeen) {
  TrainerGame(1, long_moves(200)).tell_all(library());
  look();
  EXPECT_EQ(scene().ply, 120);
  EXPECT_TRUE(scene().joined);
  EXPECT_EQ(scene().position.ply(), 120);
}

TEST_F(DirectorTest, LeavesAnUnfinishedGameForAFinishedOneAfterEightMoves) {
  const TrainerGame running(1, long_moves(100));
  running.tell(library(), 0, 30);
  look();
  TrainerGame(2, short_moves()).tell_all(library());
  watch(8 * 3s);
  EXPECT_EQ(scene().game->number(), 1);
  watch(3s);
  EXPECT_EQ(scene().game->number(), 2);
}

TEST_F(DirectorTest, StaysWithAGameThatWasFinishedWhileItWasShown) {
  const TrainerGame game(1, long_moves(40));
  game.tell(library(), 0, 20);
  look();
  game.tell(library(), 20, 40);
  library().add(game.finish());
  TrainerGame(2, short_moves()).tell_all(library());
  watch(12 * 3s);
  EXPECT_EQ(scene().game->number(), 1);
  EXPECT_EQ(scene().ply, 12);
}

TEST_F(DirectorTest, NeverShowsAnIllegalMove) {
  const TrainerGame game(1, short_moves());
  game.tell(library(), 0, 2);
  look();
  auto illegal = game.move(2);
  illegal.usi = "1i1c";
  library().add(illegal);
  watch(30s);
  EXPECT_LT(scene().ply, 3);
  TrainerGame(2, short_moves()).tell_all(library());
  EXPECT_TRUE(look());
  EXPECT_EQ(scene().game->number(), 2);
}

TEST_F(DirectorTest, LeavesAGameWhoseRestWillNotComeWhenThereIsAnother) {
  TrainerGame(1, short_moves()).tell(library(), 0, 2);
  look();
  watch(30s);
  TrainerGame(2, short_moves()).tell(library(), 0, 1);
  EXPECT_FALSE(look()) << "the first moves of the next game may overtake the last of this one";
  TrainerGame(3, short_moves()).tell(library(), 0, 1);
  ASSERT_TRUE(look());
  EXPECT_EQ(scene().game->number(), 3);
}

TEST_F(DirectorTest, ShowsNoGameOfTheRunBefore) {
  TrainerGame(1, short_moves()).tell_all(library());
  look();
  director_.start_run();
  EXPECT_FALSE(look());
  EXPECT_EQ(director_.scene(), nullptr);
  TrainerGame(9, short_moves()).tell(library(), 0, 1);
  EXPECT_TRUE(look());
  EXPECT_EQ(scene().game->number(), 9);
}

}  // namespace
}  // namespace keisei::studio

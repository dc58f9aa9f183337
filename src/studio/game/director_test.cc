#include "studio/game/director.h"

#include <gmock/gmock.h>

#include <optional>
#include <set>
#include <vector>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using protocol::PickReason;
using protocol::SceneKind;
using testing::long_moves;
using testing::short_moves;
using testing::TrainerGame;

class DirectorTest : public ::testing::Test {
 protected:
  static constexpr auto kLook = 50ms;

  // Returns how many scenes changed while the time passed.
  int watch(std::chrono::milliseconds time) {
    int changes = 0;
    for (auto passed = 0ms; passed < time; passed += kLook) {
      clock_.pass(kLook);
      if (look()) ++changes;
    }
    return changes;
  }
  // How long it takes until there is another picture.
  std::chrono::milliseconds next() {
    auto passed = 0ms;
    do {
      clock_.pass(kLook);
      passed += kLook;
    } while (!look() && passed < 10min);
    return passed;
  }
  void watch_until_over() {
    for (int i = 0; i < 2'000 && !scene().over; ++i) next();
    ASSERT_TRUE(scene().over);
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
  EXPECT_EQ(scene().kind(), SceneKind::start);
}

TEST_F(DirectorTest, PlaysDullMovesAtFourTimesThePaceAndEventsSlower) {
  TrainerGame(1, short_moves()).tell_all(library());
  look();
  EXPECT_EQ(next(), 3s) << "the start of a game";
  EXPECT_EQ(next(), 750ms);
  EXPECT_EQ(next(), 750ms);
  EXPECT_EQ(scene().ply, 3) << "a capture with promotion";
  EXPECT_EQ(next(), 1500ms);
}

TEST_F(DirectorTest, KeepsThePaceThatItIsGiven) {
  Director slow{DirectorOptions{.per_move = 8s}, counters_, testing::kUntold};
  TrainerGame(1, short_moves()).tell_all(slow.library());
  slow.advance(clock_.steady());
  clock_.pass(8s);
  ASSERT_TRUE(slow.advance(clock_.steady()));
  EXPECT_EQ(slow.next_at(), clock_.steady() + 2s);
}

TEST_F(DirectorTest, WaitsForTheTrainerAndGoesOnAtOnce) {
  const TrainerGame game(1, short_moves());
  game.tell(library(), 0, 2);
  look();
  watch(10s);
  EXPECT_EQ(scene().ply, 1) << "the position after move 2 has no prediction yet";
  EXPECT_EQ(director_.next_at(), std::nullopt) << "nobody knows when it comes";
  game.tell(library(), 2, 3);
  EXPECT_TRUE(look());
  EXPECT_EQ(scene().ply, 2);
}

TEST_F(DirectorTest, LooksBackAtWhatTurnedTheGameAndThenShowsTheNext) {
  TrainerGame(1, short_moves()).tell_all(library());
  look();
  TrainerGame(2, short_moves()).tell_all(library());
  watch_until_over();
  EXPECT_EQ(next(), 6s) << "time to read the result";
  EXPECT_EQ(scene().kind(), SceneKind::recap);
  EXPECT_EQ(scene().ply, 3) << "the capture with promotion";
  EXPECT_EQ(scene().game->number(), 1);
  EXPECT_EQ(next(), 4500ms);
  EXPECT_EQ(scene().game->number(), 2);
  EXPECT_EQ(scene().ply, 0);
}

TEST_F(DirectorTest, NeverShowsTheSamePictureForMoreThanTwentySeconds) {
  TrainerGame(1, short_moves()).tell_all(library());
  look();
  std::set<int> plies;
  for (auto passed = 0ms; passed < 10min;) {
    const auto time = next();
    EXPECT_LE(time, 20s);
    EXPECT_EQ(scene().game->number(), 1) << "there is no other";
    passed += time;
    if (passed > 1min) plies.insert(scene().ply);
  }
  EXPECT_GE(plies.size(), 3U);
}

TEST_F(DirectorTest, LooksBackWhileTheTrainerIsSilentAndGoesOnWhereItWas) {
  const TrainerGame game(1, short_moves());
  game.tell(library(), 0, 6);
  look();
  while (scene().ply < 5) next();
  EXPECT_LE(next(), 20s);
  EXPECT_EQ(scene().kind(), SceneKind::recap);
  EXPECT_LT(scene().ply, 5);
  game.tell(library(), 6, 7);
  next();
  EXPECT_EQ(scene().kind(), SceneKind::move);
  EXPECT_EQ(scene().ply, 6);
}

TEST_F(DirectorTest, KeepsAnAppointmentWheneverItHasSomethingToShow) {
  TrainerGame(1, short_moves()).tell(library(), 0, 6);
  look();
  for (int i = 0; i < 200; ++i) {
    const SteadyTime due = director_.due();
    ASSERT_GT(due, clock_.steady());
    ASSERT_LE(due, clock_.steady() + 20s);
    clock_.pass(std::chrono::ceil<std::chrono::milliseconds>(due - clock_.steady()));
    look();
  }
}

TEST_F(DirectorTest, NeverGoesBackToAGameThatWasPlayedBefore) {
  TrainerGame(1, long_moves(30), 1)
      .tell_all(library(), protocol::EndReason::repetition, std::nullopt);
  TrainerGame(2, long_moves(30), 2).tell_all(library(), protocol::EndReason::checkmate);
  look();
  ASSERT_EQ(scene().game->number(), 2);
  watch(5min);
  EXPECT_EQ(scene().game->number(), 2);
  TrainerGame(3, short_moves(), 3).tell_all(library());
  while (scene().game->number() == 2) next();
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

TEST_F(DirectorTest, ShowsAGameFromItsFirstMoveWhereItsLengthAllows) {
  TrainerGame(1, long_moves(60)).tell_all(library());
  look();
  EXPECT_EQ(scene().ply, 0);
  EXPECT_FALSE(scene().joined);
}

TEST_F(DirectorTest, JoinsALongGameSoThatItsEndIsSeenWithinAMinute) {
  TrainerGame(1, long_moves(300)).tell_all(library());
  look();
  EXPECT_GT(scene().ply, 200);
  EXPECT_EQ(scene().kind(), SceneKind::joined);
  EXPECT_EQ(scene().position.ply(), scene().ply);
  EXPECT_EQ(next(), 10s) << "time to read what has happened";
  auto passed = 0ms;
  while (!scene().over) passed += next();
  EXPECT_GT(passed, 50s);
  EXPECT_LE(passed, 1min);
}

TEST_F(DirectorTest, SaysThatAGameWasStillBeingPlayed) {
  TrainerGame(1, short_moves()).tell(library(), 0, 3);
  look();
  EXPECT_EQ(scene().why.what, PickReason::live);
}

TEST_F(DirectorTest, LeavesAnUnfinishedGameForAFinishedOneAfterTheTimeOfEightMoves) {
  const TrainerGame running(1, long_moves(200));
  running.tell(library(), 0, 100);
  look();
  TrainerGame(2, short_moves()).tell_all(library());
  watch(23'900ms);
  EXPECT_EQ(scene().game->number(), 1);
  watch(1s);
  EXPECT_EQ(scene().game->number(), 2);
}

TEST_F(DirectorTest, StaysWithAGameThatWasFinishedWhileItWasShown) {
  const TrainerGame game(1, long_moves(60));
  game.tell(library(), 0, 40);
  look();
  game.tell(library(), 40, 60);
  library().add(game.finish());
  TrainerGame(2, short_moves()).tell_all(library());
  watch(30s);
  EXPECT_EQ(scene().game->number(), 1);
  EXPECT_GT(scene().ply, 30);
  EXPECT_LT(scene().ply, 60);
}

TEST_F(DirectorTest, NeverShowsAnIllegalMove) {
  const TrainerGame game(1, short_moves());
  game.tell(library(), 0, 5);
  look();
  auto illegal = game.move(5);
  illegal.usi = "1i1c";
  library().add(illegal);
  for (int i = 0; i < 20; ++i) {
    EXPECT_GT(director_.due(), clock_.steady());
    EXPECT_LE(next(), 20s) << "it looks back at what was legal";
    EXPECT_LT(scene().ply, 6);
  }
  TrainerGame(2, short_moves()).tell_all(library());
  EXPECT_TRUE(look());
  EXPECT_EQ(scene().game->number(), 2);
}

TEST_F(DirectorTest, LeavesAGameWhoseRestWillNotComeWhenThereIsAnother) {
  TrainerGame(1, short_moves()).tell(library(), 0, 2);
  look();
  watch(10s);
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

TEST_F(DirectorTest, StandsStillWhileTheOperatorHoldsIt) {
  TrainerGame(1, short_moves()).tell_all(library());
  look();
  director_.hold(clock_.steady());
  EXPECT_EQ(watch(5min), 0);
  EXPECT_EQ(director_.due(), SteadyTime::max());
  EXPECT_EQ(director_.next_at(), std::nullopt);
  director_.go_on(clock_.steady());
  EXPECT_TRUE(look());
  EXPECT_EQ(scene().ply, 1);
}

TEST_F(DirectorTest, StepsMoveByMoveAndStandsStillAgain) {
  TrainerGame(1, short_moves()).tell(library(), 0, 3);
  look();
  EXPECT_TRUE(director_.step(clock_.steady()));
  EXPECT_EQ(scene().ply, 1);
  EXPECT_EQ(watch(1min), 0);
  EXPECT_TRUE(director_.step(clock_.steady()));
  EXPECT_FALSE(director_.step(clock_.steady())) << "the trainer has told no more";
  EXPECT_EQ(scene().ply, 2);
}

TEST_F(DirectorTest, HoldsNothingWhereItCannotStep) {
  TrainerGame(1, short_moves()).tell(library(), 0, 1);
  look();
  EXPECT_FALSE(director_.step(clock_.steady()));
  EXPECT_FALSE(director_.is_held());
}

TEST_F(DirectorTest, StepsOverTheEndOfAGame) {
  TrainerGame(1, short_moves()).tell_all(library());
  look();
  watch_until_over();
  ASSERT_TRUE(director_.step(clock_.steady()));
  EXPECT_EQ(scene().kind(), SceneKind::recap);
  ASSERT_TRUE(director_.step(clock_.steady()));
  EXPECT_TRUE(scene().over) << "there is no other game: back to the end of this one";
  TrainerGame(2, short_moves()).tell_all(library());
  ASSERT_TRUE(director_.step(clock_.steady()));
  EXPECT_EQ(scene().game->number(), 2);
}

TEST_F(DirectorTest, StepsThroughAnUnfinishedGameToItsEnd) {
  const TrainerGame game(1, long_moves(60));
  game.tell(library(), 0, 30);
  look();
  director_.hold(clock_.steady());
  watch(5min);
  TrainerGame(2, short_moves()).tell_all(library());
  ASSERT_TRUE(director_.step(clock_.steady()));
  EXPECT_EQ(scene().game->number(), 1);
  EXPECT_EQ(scene().ply, 1);
}

TEST_F(DirectorTest, CutsNoGameForTheTimeThatItWasHeld) {
  TrainerGame(1, long_moves(200)).tell(library(), 0, 100);
  look();
  watch(5s);
  director_.hold(clock_.steady());
  TrainerGame(2, short_moves()).tell_all(library());
  watch(5min);
  director_.go_on(clock_.steady());
  watch(18'900ms);
  EXPECT_EQ(scene().game->number(), 1);
  watch(1s);
  EXPECT_EQ(scene().game->number(), 2);
}

TEST_F(DirectorTest, SkipsToAnotherGameOnlyIfThereIsOne) {
  TrainerGame(1, short_moves()).tell_all(library());
  look();
  EXPECT_FALSE(director_.skip(clock_.steady()));
  EXPECT_EQ(scene().game->number(), 1);
  TrainerGame(2, short_moves()).tell_all(library());
  EXPECT_TRUE(director_.skip(clock_.steady()));
  EXPECT_EQ(scene().game->number(), 2);
}

TEST_F(DirectorTest, FollowsTheNewestMoveOfTheGameThatIsBeingPlayed) {
  TrainerGame(1, long_moves(40)).tell(library(), 0, 30);
  look();
  director_.set_pace(20s, clock_.steady());
  director_.hold(clock_.steady());
  EXPECT_TRUE(director_.follow_live(clock_.steady()));
  EXPECT_EQ(scene().ply, 29);
  EXPECT_FALSE(director_.is_held());
  EXPECT_EQ(director_.per_move(), 3s);
  TrainerGame(2, short_moves()).tell(library(), 0, 4);
  EXPECT_TRUE(director_.follow_live(clock_.steady()));
  EXPECT_EQ(scene().game->number(), 2);
  EXPECT_EQ(scene().ply, 3);
}

TEST_F(DirectorTest, TakesAnotherPaceAtOnce) {
  TrainerGame(1, short_moves()).tell_all(library());
  look();
  director_.set_pace(1s, clock_.steady());
  EXPECT_EQ(next(), 1s);
  EXPECT_EQ(next(), 250ms);
}

}  // namespace
}  // namespace keisei::studio

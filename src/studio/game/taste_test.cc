#include "studio/game/taste.h"

#include <gmock/gmock.h>

#include <chrono>
#include <vector>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using protocol::EndReason;
using protocol::PickReason;
using protocol::Side;
using testing::long_moves;
using testing::TrainerGame;

class TasteTest : public ::testing::Test {
 protected:
  // A game of 40 moves in which the network says each of these of Black in turn, for five moves.
  void tell(std::int64_t number, std::int64_t update, const std::vector<double>& black,
            std::optional<Side> winner = Side::black) {
    const TrainerGame game(number, long_moves(40), update);
    for (int ply = 0; ply < game.plies(); ++ply) {
      auto played = game.move(ply);
      const double share = black[static_cast<std::size_t>(ply / 5) % black.size()];
      played.value = (ply % 2 == 0 ? 1 : -1) * (2 * share - 1);
      library_.add(played);
    }
    library_.add(game.finish(winner ? EndReason::resignation : EndReason::repetition, winner));
  }
  Pick choose() { return *Taste::choose(library_, Pace(3s, library_.suspense()), 60s); }

  Counters counters_;
  GameLibrary library_{counters_, testing::kUntold};
};

TEST_F(TasteTest, ChoosesNothingBeforeAGameIsFinished) {
  TrainerGame(1, long_moves(40)).tell(library_, 0, 40);
  EXPECT_FALSE(Taste::choose(library_, Pace(3s, library_.suspense()), 60s));
}

TEST_F(TasteTest, SaysThatThereWasNoChoice) {
  tell(1, 1, {0.5});
  EXPECT_EQ(choose().why.what, PickReason::only);
  EXPECT_EQ(choose().why.among, 1);
}

TEST_F(TasteTest, PrefersWhatIsOpenToWhatIsDecided) {
  tell(1, 1, {0.5, 0.7, 0.5, 0.3});  // open positions of this run turn
  tell(2, 1, {0.95});                // and decided ones do not
  EXPECT_EQ(choose().game->number(), 1);
  EXPECT_EQ(choose().why.what, PickReason::suspense);
  EXPECT_EQ(choose().why.among, 2);
  EXPECT_GT(choose().why.points, 0);
}

TEST_F(TasteTest, PrefersOfGamesAsTenseTheOneThatTurnsMore) {
  tell(1, 1, {0.5, 0.58, 0.42, 0.5}, std::nullopt);
  tell(2, 1, {0.5}, std::nullopt);
  EXPECT_EQ(choose().game->number(), 1);
  EXPECT_EQ(choose().why.what, PickReason::surprise);
}

TEST_F(TasteTest, PrefersOfGamesAlikeTheOneWithAFirst) {
  for (std::int64_t number = 1; number <= 3; ++number) tell(number, 1, {0.5});
  library_.mark_first("run-2");
  EXPECT_EQ(choose().game->number(), 2);
  EXPECT_EQ(choose().why.what, PickReason::first);
}

TEST_F(TasteTest, CallsItAnUpsetWhenTheWeakerSideByTheForecastWins) {
  tell(1, 1, {0.35}, Side::black);
  tell(2, 1, {0.65}, Side::black);
  EXPECT_TRUE(Taste::is_upset(*library_.finished()[0]));
  EXPECT_FALSE(Taste::is_upset(*library_.finished()[1]));
}

TEST_F(TasteTest, PrefersOfGamesAlikeAnUpset) {
  // Twice the same game, which ends the other way: as far from what was forecast before.
  tell(1, 1, {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.5}, Side::black);
  tell(2, 1, {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.5}, Side::white);
  EXPECT_EQ(choose().game->number(), 1);
  EXPECT_EQ(choose().why.what, PickReason::upset);
}

TEST_F(TasteTest, ChoosesTheNewestOfGamesThatNothingTellsApart) {
  tell(1, 1, {0.5});
  tell(2, 2, {0.5});
  EXPECT_EQ(choose().game->number(), 2);
  EXPECT_EQ(choose().why.what, PickReason::newest);
}

TEST_F(TasteTest, SaysOfHowManyTheLastRuleChose) {
  tell(1, 1, {0.5, 0.7, 0.5, 0.3});
  tell(2, 1, {0.5, 0.7, 0.5, 0.3});
  tell(3, 1, {0.95});  // loses by its suspense
  library_.mark_first("run-1");
  EXPECT_EQ(choose().game->number(), 1);
  EXPECT_EQ(choose().why.what, PickReason::first);
  EXPECT_EQ(choose().why.among, 3);
  EXPECT_EQ(choose().why.alike, 2);
}

TEST_F(TasteTest, SaysOfHowManyItIsTheNewest) {
  tell(1, 1, {0.5, 0.7, 0.5, 0.3});
  tell(2, 1, {0.5, 0.7, 0.5, 0.3});
  tell(3, 1, {0.95});
  EXPECT_EQ(choose().why.what, PickReason::newest);
  EXPECT_EQ(choose().why.among, 3);
  EXPECT_EQ(choose().why.alike, 2);
}

TEST_F(TasteTest, LetsNoOlderGameComeOnForItsSuspense) {
  tell(1, 1, {0.5, 0.7, 0.5, 0.3});
  tell(2, 1 + Taste::kFresh + 1, {0.95});
  EXPECT_EQ(choose().game->number(), 2);
  EXPECT_EQ(choose().why.what, PickReason::only);
}

TEST_F(TasteTest, LetsAnOlderGameComeOnForAFirstAndSaysSo) {
  tell(1, 1, {0.5, 0.7, 0.5, 0.3});
  tell(2, 21, {0.95});
  library_.mark_first("run-1");
  EXPECT_EQ(choose().game->number(), 1);
  EXPECT_EQ(choose().why.what, PickReason::first);
  EXPECT_EQ(choose().why.behind, 20);
}

TEST_F(TasteTest, LetsNothingComeOnThatIsOlderThanAFirstMayBe) {
  tell(1, 1, {0.5, 0.7, 0.5, 0.3});
  tell(2, 1 + GameLibrary::kFirstBehind + 1, {0.95});
  library_.mark_first("run-1");
  EXPECT_EQ(choose().game->number(), 2);
}

}  // namespace
}  // namespace keisei::studio

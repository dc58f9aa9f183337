#include "studio/game/pace.h"

#include <gtest/gtest.h>

#include <string>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using testing::short_moves;
using testing::TrainerGame;

class PaceTest : public ::testing::Test {
 protected:
  // The short game up to the position after so many moves, which is told as `change` makes it.
  template <class Change>
  std::chrono::milliseconds hold(int ply, Change change) {
    FeaturedGame game("run-1");
    for (int before = 0; before < ply; ++before) game.add(told_.move(before));
    auto move = told_.move(ply);
    change(move);
    game.add(move);
    return Pace(4s, suspense_).hold(game, ply);
  }
  std::chrono::milliseconds hold(int ply) {
    return hold(ply, [](auto&) {});
  }

  const TrainerGame told_{1, short_moves()};
  SuspenseMeter suspense_;
};

TEST_F(PaceTest, IsFourTimesAsFastWhereNothingHappens) { EXPECT_EQ(hold(2), 1s); }

TEST_F(PaceTest, GivesTimeToSeeACapture) { EXPECT_EQ(hold(3), 2s); }

TEST_F(PaceTest, IsSlowerBeforeALikelyCapture) {
  EXPECT_EQ(hold(2, [](auto& move) { move.top = {{"8h2b+", 0.6F}, {"2g2f", 0.3F}}; }), 2s);
  EXPECT_EQ(hold(2, [](auto& move) { move.top = {{"8h2b+", 0.4F}, {"2g2f", 0.6F}}; }), 1s);
}

TEST_F(PaceTest, IsSlowestWhereAMateIsLikely) {
  const auto at = [&](float mate) {
    protocol::MovePlayed move{};
    move.game_id = "mates";
    move.ply = 40;
    move.sfen = "4k4/9/4P4/9/9/9/9/9/4K4 b G 41";
    move.usi = "5i5h";
    move.top = {{"5i5h", 1 - mate}, {"G*5b", mate}};
    FeaturedGame game("mates");
    game.add(move);
    return Pace(4s, suspense_).hold(game, 40);
  };
  EXPECT_EQ(at(0.06F), 6s);
  EXPECT_EQ(at(0.04F), 1s);
}

TEST_F(PaceTest, GivesTimeToSeeASwing) {
  FeaturedGame game("run-1");
  for (int ply = 0; ply < 4; ++ply) {
    auto move = told_.move(ply);
    const double black = ply < 3 ? 0.5 : 0.9;
    move.value = (ply % 2 == 0 ? 1 : -1) * (2 * black - 1);
    game.add(move);
  }
  EXPECT_EQ(Pace(4s, suspense_).hold(game, 3), 6s);
}

TEST_F(PaceTest, TakesHalfTheTimeWhereNobodyKnowsWhatMayCome) {
  EXPECT_EQ(hold(2, [](auto& move) { move.top.clear(); }), 2s);
}

TEST_F(PaceTest, GivesNoHintOfTheMoveThatWasPlayed) {
  const auto quietly = [](auto& move) { move.usi = "2g2f"; };
  EXPECT_EQ(hold(2), hold(2, quietly)) << "8h2b+ captures";
}

}  // namespace
}  // namespace keisei::studio

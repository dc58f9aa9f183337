#include "studio/game/suspense.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <string>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using testing::long_moves;
using testing::TrainerGame;

// A drawn game in which the network says in turn that Black wins with one or the other.
FeaturedGame game_between(double one, double other, int plies = 200) {
  const TrainerGame told(1, long_moves(plies));
  FeaturedGame game("run-1");
  for (int ply = 0; ply < plies; ++ply) {
    auto move = told.move(ply);
    const double black = (ply / 2) % 2 == 0 ? one : other;
    move.value = (ply % 2 == 0 ? 1 : -1) * (2 * black - 1);
    game.add(move);
  }
  game.add(told.finish(protocol::EndReason::repetition, std::nullopt));
  return game;
}

TEST(Suspense, IsNothingBeforeAGameHasTaught) {
  EXPECT_EQ(SuspenseMeter().expected(game_between(0.4, 0.6), 5), 0);
}

TEST(Suspense, IsTheMeanSquareOfWhatBecameOfSuchPositions) {
  SuspenseMeter meter;
  const FeaturedGame game = game_between(0.45, 0.55);
  meter.learn(game);
  // The mean of two plies moves by 5 of 100 with every move.
  EXPECT_NEAR(meter.expected(game, 10), 0.05 * 0.05, 2e-4);
}

TEST(Suspense, TellsOpenPositionsFromDecidedOnes) {
  SuspenseMeter meter;
  const FeaturedGame open = game_between(0.42, 0.58);
  const FeaturedGame decided = game_between(0.95, 0.95);
  meter.learn(open);
  meter.learn(decided);
  EXPECT_GT(meter.expected(open, 10), 2 * meter.expected(decided, 10));
}

TEST(Suspense, LeansOnAllPositionsWhereItKnowsFew) {
  SuspenseMeter meter;
  meter.learn(game_between(0.42, 0.58));
  EXPECT_DOUBLE_EQ(meter.expected(game_between(0.95, 0.95), 10), meter.mean())
      << "no such position was seen";
}

TEST(Suspense, ForgetsWhatOldNetworksDid) {
  SuspenseMeter meter;
  const FeaturedGame game = game_between(0.42, 0.58);
  meter.learn(game);
  const double before = meter.expected(game, 10);
  for (int i = 0; i < 30; ++i) meter.learn(game_between(0.5, 0.5));
  EXPECT_LT(meter.expected(game, 10), before / 10);
}

TEST(Suspense, SaysNothingOfTheMoveThatWasPlayed) {
  SuspenseMeter meter;
  meter.learn(game_between(0.42, 0.58));
  const TrainerGame told(1, testing::short_moves());
  const auto expected = [&](const std::string& usi) {
    FeaturedGame game("run-1");
    game.add(told.move(0));
    game.add(told.move(1));
    auto third = told.move(2);
    third.usi = usi;
    game.add(third);
    return meter.expected(game, 2);
  };
  EXPECT_EQ(expected("8h2b+"), expected("2g2f"));
}

}  // namespace
}  // namespace keisei::studio

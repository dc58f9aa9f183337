#include "studio/game/drama.h"

#include <gtest/gtest.h>

#include <memory>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using protocol::DramaKind;
using testing::long_moves;
using testing::TrainerGame;

class DramaTest : public ::testing::Test {
 protected:
  // A game whose forecast turns by `step` of 1 with every second move, from ply 8 on.
  static GameLibrary::Game turning(double step) {
    const TrainerGame told(1, long_moves(40));
    auto game = std::make_shared<FeaturedGame>("run-1");
    for (int ply = 0; ply < 40; ++ply) {
      auto move = told.move(ply);
      const double black = ply < 8 || (ply / 2) % 2 == 0 ? 0.5 : 0.5 + 2 * step;
      move.value = (ply % 2 == 0 ? 1 : -1) * (2 * black - 1);
      game->add(move);
    }
    return game;
  }
  std::optional<DramaKind> watch(const Scene& scene) {
    SceneFacts facts;
    facts.played = ShownMove{};
    return drama_.watch(scene, facts, now_);
  }

  SteadyTime now_ = SteadyTime(1h);
  DramaWatch drama_;
};

TEST_F(DramaTest, SeesASwingOfThisSizeAndNoSmallerOne) {
  Scene scene = first_scene(turning(0.14), 9, {});
  scene.play();
  EXPECT_EQ(watch(scene), std::nullopt);
  scene = first_scene(turning(0.16), 9, {});
  scene.play();
  EXPECT_EQ(watch(scene), DramaKind::swing);
}

TEST_F(DramaTest, TellsAtMostOneSwingInThirtySeconds) {
  Scene scene = first_scene(turning(0.2), 9, {});
  scene.play();
  EXPECT_EQ(watch(scene), DramaKind::swing);
  now_ += 29s;
  EXPECT_EQ(watch(scene), std::nullopt);
  now_ += 1s;
  EXPECT_EQ(watch(scene), DramaKind::swing);
}

TEST_F(DramaTest, SeesNothingNewInALookBack) {
  EXPECT_EQ(watch(look_back(turning(0.2), 10, {})), std::nullopt);
}

TEST_F(DramaTest, TellsAMateAlwaysAndAMissedOneNowAndThen) {
  Scene scene = first_scene(turning(0), 9, {});
  scene.play();
  SceneFacts facts;
  facts.played = ShownMove{};
  facts.told.push_back({.fact = {.rule = shogi::MoveRule::mate_in_1_missed}});
  EXPECT_EQ(drama_.watch(scene, facts, now_), DramaKind::missed_mate);
  EXPECT_EQ(drama_.watch(scene, facts, now_ + 29s), std::nullopt);
  EXPECT_EQ(drama_.watch(scene, facts, now_ + 30s), DramaKind::missed_mate);
  facts.played->mates = true;
  EXPECT_EQ(drama_.watch(scene, facts, now_ + 31s), DramaKind::mate);
  EXPECT_EQ(drama_.watch(scene, facts, now_ + 31s), DramaKind::mate);
}

}  // namespace
}  // namespace keisei::studio

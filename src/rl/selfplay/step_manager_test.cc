#include "rl/selfplay/step_manager.h"

#include <gtest/gtest.h>

#include <cmath>

#include "rl/selfplay/material.h"
#include "shogi/usi.h"

namespace keisei::rl {
namespace {

using shogi::Position;

Position position(const char* sfen) { return *Position::from_sfen(sfen); }

Environment environment(const char* sfen, int max_plies = 512) {
  Environment result(1, {});
  result.game = shogi::Game(position(sfen), {.max_plies = max_plies});
  return result;
}

shogi::Move move(const Environment& of, const char* usi) {
  return *shogi::parse_usi(usi, of.game.position());
}

StepManager unshaped() { return StepManager({}, {}, 0.99); }
StepManager shaped() { return StepManager({}, {.shaped = true, .shaping_coefficient = 0.5}, 0.9); }

TEST(StepManager, RewardsTheMoverForMate) {
  Environment of = environment("4k4/9/4P4/9/9/9/9/9/4K4 b G 1");
  const auto outcome = unshaped().execute_step(of, move(of, "G*5b"));
  EXPECT_EQ(outcome.reward, 1);
  EXPECT_TRUE(outcome.game_over);
}

TEST(StepManager, RewardsNothingForADrawByThePlyLimit) {
  Environment of = environment("4k4/9/9/9/9/9/9/9/4K4 b R 1", 1);
  const auto outcome = unshaped().execute_step(of, move(of, "R*9d"));
  EXPECT_EQ(outcome.reward, 0);
  EXPECT_TRUE(outcome.game_over);
}

TEST(StepManager, ShapingPaysForACaptureAtOnce) {
  Environment of = environment("4k4/9/9/9/9/4r4/4R4/9/4K4 b - 1");
  const double before = material_balance(of.game.position());
  EXPECT_EQ(before, 0);
  const auto outcome = shaped().execute_step(of, move(of, "5g5f"));
  // A rook more on one side and one less on the other.
  EXPECT_NEAR(outcome.reward, 0.9 * 0.5 * 20.0 / 63.0, 1e-6);
}

// The sum over a game of discounted shaping rewards, signs alternating, telescopes to the
// potential of the start, which is what makes it harmless.
TEST(StepManager, ShapingAddsUpToNothingOverAGame) {
  const double gamma = 0.9;
  const StepManager steps = shaped();
  Random random(5);
  for (int number = 0; number < 20; ++number) {
    Environment of = environment("lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1");
    double sum = 0, sign = 1, discount = 1;
    for (bool over = false; !over;) {
      const auto legal = of.game.legal_moves();
      const auto outcome =
          steps.execute_step(of, legal[random.below(static_cast<std::uint32_t>(legal.size()))]);
      over = outcome.game_over;
      double reward = outcome.reward;
      if (over && of.game.result()->winner) {
        reward -= of.game.result()->winner == ~of.game.position().side_to_move() ? 1 : -1;
      }
      sum += sign * discount * reward;
      sign = -sign;
      discount *= gamma;
    }
    EXPECT_NEAR(sum, 0, 1e-5);
  }
}

TEST(StepManager, AddsThePotentialBackForTheForecast) {
  const Position up_a_rook = position("4k4/9/9/9/9/9/9/9/4K4 b R 1");
  EXPECT_NEAR(shaped().forecast(up_a_rook, 0.25), 0.25 + 0.5 * 10 / 63.0, 1e-9);
  EXPECT_EQ(unshaped().forecast(up_a_rook, 0.25), 0.25);
}

TEST(Material, IsEqualAtTheStartAndAntisymmetric) {
  EXPECT_EQ(material_balance(Position::startpos()), 0);
  EXPECT_EQ(material_balance(position("4k4/9/9/9/9/9/9/9/4K4 b Rp 1")),
            -material_balance(position("4k4/9/9/9/9/9/9/9/4K4 w Rp 1")));
}

TEST(SampleMove, FollowsTheProbabilities) {
  const std::vector<float> log_probabilities{std::log(0.2F), std::log(0.5F), std::log(0.3F)};
  Random random(3);
  std::array<int, 3> drawn{};
  constexpr int kDraws = 30000;
  for (int i = 0; i < kDraws; ++i) {
    ++drawn[static_cast<std::size_t>(sample_move(log_probabilities, random))];
  }
  EXPECT_NEAR(drawn[0], 0.2 * kDraws, 400);
  EXPECT_NEAR(drawn[1], 0.5 * kDraws, 400);
}

// As when float32 loses a part of the sum, but more of it, so that a few draws show it.
TEST(SampleMove, GivesWhatIsMissingFromTheSumToNoMoveInParticular) {
  const std::vector<float> log_probabilities{std::log(0.5F), std::log(0.25F), -100};
  Random random(3);
  std::array<int, 3> drawn{};
  constexpr int kDraws = 30000;
  for (int i = 0; i < kDraws; ++i) {
    ++drawn[static_cast<std::size_t>(sample_move(log_probabilities, random))];
  }
  EXPECT_EQ(drawn[2], 0);
  EXPECT_NEAR(drawn[0], 2.0 / 3 * kDraws, 400);
}

}  // namespace
}  // namespace keisei::rl

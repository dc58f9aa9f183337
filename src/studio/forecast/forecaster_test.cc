#include "studio/forecast/forecaster.h"

#include <gmock/gmock.h>

#include <string>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

EndedForecasts game(const std::string& id, double halfway, double score) {
  return {id, {0.5, halfway, 0.5}, score};
}

ForecastTally tally_of(Forecaster& forecaster) { return forecaster.basis().tally; }

TEST(Forecaster, CountsHowOftenItWasOnTheRightSideHalfway) {
  Forecaster forecaster;
  const ForecastBasis first = forecaster.basis();
  forecaster.learn(game("1", 0.7, 1), first);
  forecaster.learn(game("2", 0.3, 1), first);
  forecaster.learn(game("3", 0.3, 0), first);
  EXPECT_EQ(tally_of(forecaster), (ForecastTally{2, 1, 0}));
}

TEST(Forecaster, TakesNoSideNearEvenAndCountsNoDraws) {
  Forecaster forecaster;
  const ForecastBasis first = forecaster.basis();
  forecaster.learn(game("1", 0.549, 1), first);
  forecaster.learn(game("2", 0.551, 1), first);
  forecaster.learn(game("3", 0.9, 0.5), first);
  EXPECT_EQ(tally_of(forecaster), (ForecastTally{1, 0, 1}));
}

TEST(Forecaster, JudgesAForecastAsItWasToldBeforeTheGameEnded) {
  Forecaster forecaster;
  const ForecastBasis before = forecaster.basis();
  for (int i = 0; i < 200; ++i) {
    forecaster.learn(game(std::to_string(i), i % 2 ? 0.7 : 0.3, i % 2 ? 1 : 0), before);
  }
  // By now 0.53 stands for more, but when it was told it was next to even.
  ASSERT_GT(forecaster.basis().calibration.expected_score(0.53), 0.55);
  forecaster.learn(game("late", 0.53, 1), before);
  EXPECT_EQ(tally_of(forecaster),
            (ForecastTally{static_cast<int>(Forecaster::kTallied) - 1, 0, 1}));
}

TEST(Forecaster, GivesAGameThatIsToldTwiceOnePlace) {
  Forecaster forecaster;
  const ForecastBasis first = forecaster.basis();
  forecaster.learn(game("1", 0.7, 1), first);
  forecaster.learn(game("1", 0.7, 0), first);
  EXPECT_EQ(forecaster.basis().calibration.games(), 1);
  EXPECT_EQ(tally_of(forecaster), (ForecastTally{0, 1, 0}));
}

TEST(Forecaster, ForgetsTheOldest) {
  Forecaster forecaster;
  const ForecastBasis first = forecaster.basis();
  for (std::size_t i = 0; i < Forecaster::kWindow + 50; ++i) {
    forecaster.learn(game(std::to_string(i), 0.7, i < 290 ? 0 : 1), first);
  }
  EXPECT_EQ(forecaster.basis().calibration.games(), static_cast<int>(Forecaster::kWindow));
  EXPECT_EQ(tally_of(forecaster), (ForecastTally{16, 4, 0}));
}

TEST(Forecaster, LearnsNothingFromAGameWithoutForecasts) {
  Forecaster forecaster;
  forecaster.learn({"1", {}, 1}, forecaster.basis());
  EXPECT_EQ(forecaster.basis().calibration.games(), 0);
  EXPECT_EQ(tally_of(forecaster), ForecastTally{});
}

/// A game of a run as the store gives it back; the mover's value is the same in all positions.
void keep(store::RunMemory& memory, const testing::TrainerGame& game, double value,
          protocol::EndReason reason, std::optional<protocol::Side> winner) {
  const protocol::GameFinished finished = game.finish(reason, winner);
  for (int ply = 0; ply < game.plies(); ++ply) {
    const protocol::MovePlayed move = game.move(ply);
    const bool is_black = ply % 2 == 0;
    memory.moves.push_back({"run", move.game_id, ply, move.usi, 1, 0.5, is_black ? value : -value,
                            2, 1, move.legal_moves});
  }
  memory.finished.push_back({"run", 1, finished});
}

TEST(Forecaster, RemembersWhatIsKeptOfARun) {
  using protocol::EndReason;
  store::RunMemory memory;
  const testing::TrainerGame one(1, testing::short_moves());
  const testing::TrainerGame other(2, testing::long_moves(8));
  keep(memory, one, 0.4, EndReason::resignation, protocol::Side::black);
  keep(memory, other, 0.4, EndReason::resignation, protocol::Side::white);
  Forecaster forecaster;
  forecaster.remember(memory);
  EXPECT_EQ(forecaster.basis().calibration.games(), 2);
  EXPECT_EQ(tally_of(forecaster), (ForecastTally{1, 1, 0}));
  forecaster.clear();
  EXPECT_EQ(forecaster.basis().calibration.games(), 0);
}

TEST(Forecaster, RemembersOfAGameThatWasPlayedAnewOnlyItsOwnThoughts) {
  store::RunMemory memory;
  const testing::TrainerGame game(1, testing::long_moves(8));
  keep(memory, game, 0.4, protocol::EndReason::resignation, protocol::Side::black);
  for (store::KeptMove& move : memory.moves) {
    if (move.ply == 3) move.usi = "5a4b";
  }
  Forecaster forecaster;
  forecaster.remember(memory);
  EXPECT_EQ(tally_of(forecaster), ForecastTally{}) << "halfway it is not known";
  EXPECT_EQ(forecaster.basis().calibration.games(), 1);
}

TEST(Forecaster, LearnsFromAGameOfWhichMovesWereLeftOut) {
  const testing::TrainerGame game(1, testing::long_moves(8));
  Forecaster forecaster;
  for (const int ply : {1, 2, 3, 4}) forecaster.hear(game.move(ply));
  forecaster.hear(game.finish());
  EXPECT_EQ(forecaster.basis().calibration.games(), 1);
  forecaster.hear(game.finish());
  EXPECT_EQ(forecaster.basis().calibration.games(), 1) << "what was said in it is forgotten";
}

TEST(Forecaster, LearnsOfAGameThatIsPlayedAnewWhatWasSaidInIt) {
  const testing::TrainerGame game(1, testing::long_moves(8));
  Forecaster forecaster;
  for (int ply = 0; ply < 8; ++ply) {
    protocol::MovePlayed lost = game.move(ply);
    if (ply >= 2) lost.usi = "9a9b";
    forecaster.hear(lost);
  }
  for (int ply = 2; ply < 8; ++ply) forecaster.hear(game.move(ply));
  forecaster.hear(game.finish());
  EXPECT_EQ(forecaster.basis().calibration.games(), 1);
}

TEST(Forecaster, JudgesAGameThatIsLongUnderWayByWhatWasKnownWhenItBegan) {
  Forecaster forecaster;
  const testing::TrainerGame slow(900, testing::long_moves(8));
  const auto move = [&](int ply) {
    auto played = slow.move(ply);
    played.value = ply % 2 == 0 ? 0.06 : -0.06;  // 53 of 100 for Black
    return played;
  };
  forecaster.hear(move(0));
  const ForecastBasis before = forecaster.basis();
  for (int i = 0; i < 200; ++i) {
    forecaster.learn(game(std::to_string(i), i % 2 ? 0.7 : 0.3, i % 2 ? 1 : 0), before);
  }
  for (int ply = 1; ply < slow.plies(); ++ply) forecaster.hear(move(ply));
  ASSERT_GT(forecaster.basis().calibration.expected_score(0.53), 0.55);
  forecaster.hear(slow.finish());
  EXPECT_EQ(tally_of(forecaster).even, 1);
}

TEST(Forecaster, ForgetsGamesThatNeverEnd) {
  Forecaster forecaster;
  const testing::TrainerGame first(1, testing::long_moves(8));
  for (int ply = 0; ply < 8; ++ply) forecaster.hear(first.move(ply));
  for (int number = 2; number < 2 + static_cast<int>(ValueWatch::kMostGames); ++number) {
    forecaster.hear(testing::TrainerGame(number, testing::long_moves(8)).move(0));
  }
  forecaster.hear(first.finish());
  EXPECT_EQ(forecaster.basis().calibration.games(), 0);
}

}  // namespace
}  // namespace keisei::studio

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include <vector>

#include "studio/forecast/forecast_judge.h"
#include "studio/game/drama.h"
#include "studio/game/game_view.h"
#include "studio/game/remark_chooser.h"
#include "studio/studio_test_kit.h"

// What viewers are told of the forecast: one number, from the first move of a game to its last, on
// the bar, in the curve and in every sentence.
namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using protocol::EndReason;
using protocol::Language;
using protocol::Level;
using protocol::Side;
using testing::TrainerGame;
using Values = std::vector<double>;  // for Black, by ply, -1 to 1

/// A trainer's run, as the studio hears it and as it would be kept.
class TimidRun {
 public:
  explicit TimidRun(GameLibrary& library) : library_(library) {}

  /// A game in which the network said this of each position.
  void play(std::int64_t number, const Values& for_black, std::optional<Side> winner) {
    const TrainerGame game(number, testing::long_moves(static_cast<int>(for_black.size())));
    for (int ply = 0; ply < game.plies(); ++ply) {
      protocol::MovePlayed move = game.move(ply);
      const double value = for_black[static_cast<std::size_t>(ply)];
      move.value = ply % 2 == 0 ? value : -value;
      library_.add(move);
      memory_.moves.push_back({"run", move.game_id, ply, move.usi, 1, move.probability, move.value,
                               move.entropy, 2, move.legal_moves});
    }
    const auto reason = winner ? EndReason::resignation : EndReason::repetition;
    library_.add(game.finish(reason, winner));
    memory_.finished.push_back({"run", 1, game.finish(reason, winner)});
  }
  /// Games that were won whenever the network was a little in favour of a side: it is too timid.
  void play_games(std::int64_t count) {
    for (std::int64_t number = 1; number <= count; ++number) {
      const bool is_black = number % 2 == 0;
      const bool is_drawn = number % 5 == 0;
      play(number, Values(8, is_black ? 0.2 : -0.2),
           is_drawn ? std::nullopt : std::optional(is_black ? Side::black : Side::white));
    }
  }
  const store::RunMemory& memory() const { return memory_; }

 private:
  GameLibrary& library_;
  store::RunMemory memory_;
};

class ToldForecast : public ::testing::Test {
 protected:
  // A game of this number that has just begun.
  static GameLibrary::Game begin(GameLibrary& library, std::int64_t number) {
    library.add(TrainerGame(number, testing::long_moves(8)).move(0));
    return library.newest_unfinished();
  }

  Counters counters_;
  GameLibrary library_{counters_, testing::kUntold};
  TimidRun run_{library_};
};

TEST_F(ToldForecast, IsTheNetworksOwnBeforeAnyGameHasEnded) {
  const auto game = begin(library_, 1);
  EXPECT_EQ(game->told_forecast(0), game->black_forecast(0));
  EXPECT_FALSE(game->basis().calibration.is_calibrated());
}

TEST_F(ToldForecast, IsWhatSuchForecastsCameTo) {
  run_.play_games(60);
  run_.play(61, Values(8, 0.2), Side::black);
  const auto game = library_.finished().back();
  ASSERT_EQ(game->black_forecast(4), 0.6);
  EXPECT_GT(*game->told_forecast(4), 0.67);
  EXPECT_TRUE(game->basis().calibration.is_calibrated());
  EXPECT_EQ(game->told_forecast(8), 1.0) << "the result";
  EXPECT_FALSE(game->chances(8));
}

TEST_F(ToldForecast, OfAGameStaysAsItWasWhenTheGameBegan) {
  run_.play_games(40);
  const auto game = begin(library_, 50);
  const protocol::Number told = game->told_forecast(0);
  for (int number = 60; number < 100; ++number) run_.play(number, Values(8, 0.5), Side::white);
  EXPECT_EQ(game->told_forecast(0), told);
  EXPECT_LT(*begin(library_, 100)->told_forecast(0), *told);
}

TEST_F(ToldForecast, HasNotSeenTheResultOfItsOwnGame) {
  run_.play_games(40);
  const int before = begin(library_, 50)->basis().calibration.games();
  run_.play(51, Values(8, 0.2), Side::black);
  EXPECT_EQ(library_.finished().back()->basis().calibration.games(), before);
}

TEST_F(ToldForecast, OfARunThatIsTakenUpAgainIsThatOfAStudioThatNeverStopped) {
  run_.play_games(300);
  const auto went_on = begin(library_, 400);
  GameLibrary restarted(counters_, testing::kUntold);
  store::RunMemory memory = run_.memory();
  restarted.begin(&memory);
  const auto taken_up = begin(restarted, 400);
  EXPECT_EQ(taken_up->basis().tally, went_on->basis().tally);
  EXPECT_EQ(taken_up->told_forecast(0), went_on->told_forecast(0));
  EXPECT_EQ(taken_up->basis().calibration.games(), 256);
}

TEST_F(ToldForecast, OfAnotherRunKnowsNothingOfThisOne) {
  run_.play_games(40);
  library_.begin(nullptr);
  EXPECT_EQ(begin(library_, 50)->basis().calibration.games(), 0);
}

RC_GTEST_PROP(ToldForecasts, AgreeInEveryNumberOfAFrame, ()) {
  Counters counters;
  GameLibrary library(counters, testing::kUntold);
  TimidRun run(library);
  run.play_games(*rc::gen::inRange(0, 60));
  Values values(12);
  for (double& value : values) value = *rc::gen::inRange(-100, 101) / 100.0;
  run.play(100, values, Side::white);
  const auto game = library.finished().back();
  RC_ASSERT(game->number() == 100);
  const Content& content = testing::real_content();
  static const GameView view(content);
  const shogi::MoveReader reader(content.castles(), content.openings());
  RemarkChooser chooser(view.commentary());
  const auto judge_scene = [&](const Scene& scene) {
    SceneFacts facts = facts_of(scene, reader);
    facts.remarks = chooser.choose(scene, facts);
    const auto drama = DramaWatch().watch(scene, facts, SteadyTime{});
    for (const Level level : protocol::enumerators<Level>()) {
      for (const Language language : protocol::enumerators<Language>()) {
        const Showing showing{.per_move = 3s, .drama = drama};
        const auto state = view.game_state(scene, facts, showing, level, language);
        const auto found = testing::ForecastJudge::contradictions(state, language);
        RC_ASSERT(found == testing::ForecastJudge::Findings{});
        RC_ASSERT(state.evaluation_history.back() == state.black_win_probability);
      }
    }
  };
  Scene scene = first_scene(game, 0, {});
  judge_scene(scene);
  while (!scene.over) {
    scene.play();
    judge_scene(scene);
  }
  for (int ply = 2; ply < 12; ++ply) {
    judge_scene(first_scene(game, ply, {}));
    judge_scene(look_back(game, ply, {}));
  }
}

}  // namespace
}  // namespace keisei::studio

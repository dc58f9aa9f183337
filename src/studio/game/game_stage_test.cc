#include "studio/game/game_stage.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "protocol/codec.h"
#include "studio/studio_fixture.h"

namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using protocol::Command;
using ::testing::ElementsAre;
using testing::short_moves;
using testing::TrainerGame;

/// The featured game as the operator wants it.
class GameStageTest : public StudioTest {
 protected:
  GameStageTest() {
    connect();
    tell(run());
  }
  void play(const TrainerGame& game, int from, int to) {
    for (int ply = from; ply < to; ++ply) tell(game.move(ply));
  }
  void say(Command command, protocol::Number pace = {}) {
    give(broker::OperatorSaid{command, pace});
  }
  protocol::GameState state() const {
    return protocol::decode<protocol::GameState>(last("game_state")).value();
  }

  const TrainerGame game_{1, short_moves()};
};

TEST_F(GameStageTest, SaysWhenTheNextPictureIsDue) {
  play(game_, 0, 1);
  EXPECT_FALSE(state().next_at) << "the trainer has not told it";
  play(game_, 1, 4);
  pass(3s);
  ASSERT_EQ(state().ply, 1);
  ASSERT_TRUE(state().next_at);
  const double next = *state().next_at;
  pass(700ms);
  EXPECT_EQ(state().ply, 1);
  pass(50ms);
  EXPECT_EQ(state().ply, 2);
  EXPECT_NEAR(next, unix_seconds(clock_.wall()), 0.01);
}

TEST_F(GameStageTest, SaysThatTheOperatorHoldsThePicture) {
  play(game_, 0, 4);
  say(Command::pause_game);
  EXPECT_TRUE(state().held);
  EXPECT_FALSE(state().next_at);
  pass(1min);
  EXPECT_EQ(state().ply, 0);
  say(Command::step_game);
  EXPECT_EQ(state().ply, 1);
  EXPECT_TRUE(state().held);
  say(Command::play_game);
  EXPECT_EQ(state().ply, 2);
  EXPECT_FALSE(state().held);
}

TEST_F(GameStageTest, SaysSoTooWhenAnotherRunBegins) {
  play(game_, 0, 4);
  say(Command::pause_game);
  tell(run("another"));
  EXPECT_EQ(state().game_id, "");
  EXPECT_TRUE(state().held);
  play(TrainerGame(2, short_moves()), 0, 4);
  EXPECT_EQ(state().game_id, "");
  say(Command::play_game);
  EXPECT_EQ(state().game_id, "run-2");
}

TEST_F(GameStageTest, SaysWhetherItIsHeldWhileNoGameIsOn) {
  say(Command::pause_game);
  EXPECT_EQ(state().game_id, "");
  EXPECT_TRUE(state().held);
  say(Command::stop_streaming);
  EXPECT_TRUE(state().held);
  say(Command::play_game);
  EXPECT_FALSE(state().held);
}

TEST_F(GameStageTest, ChangesThePaceOfWhatIsOn) {
  play(game_, 0, 4);
  say(Command::set_pace, 1);
  EXPECT_EQ(state().seconds_per_move, 1);
  EXPECT_NEAR(*state().next_at, unix_seconds(clock_.wall()) + 1, 0.01);
}

TEST_F(GameStageTest, TellsTheOperatorWhatCannotBeFollowed) {
  play(game_, 0, 1);
  say(Command::step_game);
  say(Command::next_game);
  EXPECT_THAT(told_, ElementsAre("the operator's word cannot be followed: step_game: the trainer "
                                 "has not told yet what comes next"));
  EXPECT_EQ(state().ply, 0);
  const auto topics = notices_.read();
  const auto word = std::find_if(topics.begin(), topics.end(),
                                 [](const auto& one) { return one.topic == "operator_word"; });
  ASSERT_NE(word, topics.end());
  EXPECT_EQ(word->happenings, 2U);
}

TEST_F(GameStageTest, LeavesTheTrainerAloneWhenTheGameIsPaused) {
  say(Command::pause_game);
  say(Command::follow_live);
  EXPECT_THAT(words_, ::testing::IsEmpty());
}

TEST_F(GameStageTest, TellsNothingOfTheEndBeforeItComes) {
  // All that viewers get of a game in a run of its own, without its times, up to its result.
  const auto watch = [&](protocol::GameFinished finish) {
    const std::size_t before = frames_.size();
    tell(run("run-" + std::to_string(before)));
    for (int ply = 0; ply < game_.plies(); ++ply) {
      auto played = game_.move(ply);
      played.emitted_at += static_cast<double>(before);  // played anew, not told again
      tell(played);
    }
    finish.emitted_at += static_cast<double>(before);
    tell(finish);
    for (int i = 0; i < 300 && !state().result; ++i) pass(100ms);
    std::vector<std::string> seen;
    for (std::size_t at = before; at < frames_.size(); ++at) {
      if (type_of(frames_[at]) != "game_state") continue;
      for (const broker::Bytes& bytes : frames_[at]->variants) {
        auto shown = protocol::decode<protocol::GameState>(*bytes).value();
        if (shown.result || shown.game_id.empty()) continue;
        shown.next_at = shown.played_at = std::nullopt;
        seen.push_back(protocol::encode(shown, 1, 1));
      }
    }
    return seen;
  };
  const auto won = watch(game_.finish(protocol::EndReason::checkmate, protocol::Side::black));
  EXPECT_EQ(state().total_plies, 7);
  const auto drawn = watch(game_.finish(protocol::EndReason::repetition, std::nullopt));
  const auto lost = watch(game_.finish(protocol::EndReason::resignation, protocol::Side::white));
  EXPECT_GE(won.size(), 7U * 6);
  ASSERT_EQ(won.size(), drawn.size());
  ASSERT_EQ(won.size(), lost.size());
  for (std::size_t i = 0; i < won.size(); ++i) {
    ASSERT_EQ(won[i], drawn[i]);
    ASSERT_EQ(won[i], lost[i]);
  }
}

TEST(GameStage, TakesUpWhatTheForecastsOfARunWereWorth) {
  auto memory = std::make_shared<store::RunMemory>();
  for (int number = 1; number <= 30; ++number) {
    const TrainerGame game(number, short_moves());
    for (int ply = 0; ply < game.plies(); ++ply) {
      const protocol::MovePlayed move = game.move(ply);
      memory->moves.push_back({"run", move.game_id, ply, move.usi, 1, move.probability, move.value,
                               move.entropy, 2, move.legal_moves});
    }
    memory->finished.push_back({"run", 1, game.finish()});
  }
  Counters counters;
  GameStage stage(testing::real_content(), DirectorOptions{}, counters);
  stage.on(RunBegan{testing::run("run"), memory});
  stage.on(MovePlayed{TrainerGame(31, short_moves()).move(0)});
  ManualClock clock;
  std::uint64_t sequence = 0;
  Air air(clock.wall(), sequence);
  stage.advance(clock.steady(), air);
  const auto frames = air.take_frames();
  ASSERT_FALSE(frames.empty());
  const auto shown = protocol::decode<protocol::GameState>(*frames[0]->variants[0]);
  ASSERT_TRUE(shown && shown->forecast);
  EXPECT_EQ(shown->forecast->games, 30);
  EXPECT_TRUE(shown->forecast->calibrated);
}

}  // namespace
}  // namespace keisei::studio

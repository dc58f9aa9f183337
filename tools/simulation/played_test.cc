#include "simulation/played.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "shogi/usi.h"
#include "simulation/policy.h"

namespace keisei::simulation {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

/// A run of one update and one game, which Black wins after one move because White resigns.
class PlayedTest : public ::testing::Test {
 protected:
  PlayedTest() {
    protocol::RunStarted run{};
    run.run_id = "run";
    played_.begin_run(run);
    played_.learn("run", 1);
    const std::size_t line = played_.begin_game("run-1");
    played_.play("run-1", line, move_);
    played_.finish("run-1", line, {shogi::Color::black, shogi::EndReason::resignation});
  }

  static protocol::MilestoneReached milestone(protocol::MilestoneKind kind) {
    protocol::MilestoneReached reached{};
    reached.milestone.kind = kind;
    reached.milestone.key = to_string(kind);
    reached.milestone.game_id = "run-1";
    reached.milestone.ply = 1;
    reached.milestone.side = protocol::Side::black;
    reached.milestone.value = 1;
    return reached;
  }
  static protocol::MetricsHistory history(double entropy) {
    protocol::MetricsHistory history{};
    history.run_id = "run";
    history.updates.newest = 1;
    history.updates.starts = {1};
    protocol::MetricHistory& line = history.metrics.emplace_back();
    line.metric = protocol::Metric::entropy;
    line.line.last.emplace_back(entropy);
    return history;
  }
  store::RunMemory memory(double value) const {
    store::RunMemory memory{};
    protocol::GameFinished game{};
    game.game_id = "run-1";
    game.moves = {shogi::to_usi(move_)};
    game.winner = protocol::Side::black;
    game.reason = protocol::EndReason::resignation;
    memory.finished.push_back({"run", 1, game});
    memory.moves.push_back({"run", "run-1", 0, shogi::to_usi(move_), 1, 0.3, value, 2, 1, 30});
    return memory;
  }

  const shogi::Position start_ = shogi::Position::startpos();
  const shogi::Move move_ = start_.legal_moves()[0];
  Played played_;
};

// The forecast that stands for an expected score, of a network that says this.
void forecast(protocol::GameState& shown, double score, double raw) {
  shown.estimate = protocol::WinEstimate{protocol::EstimateSource::network, 1, {}};
  shown.black_win_probability = score;
  const double draw = std::min(score, 1 - score) / 2;
  shown.forecast = protocol::Forecast{};
  shown.forecast->win = score - draw / 2;
  shown.forecast->draw = draw;
  shown.forecast->loss = 1 - score - draw / 2;
  shown.forecast->raw = raw;
}

TEST_F(PlayedTest, MindsAForecastThatTheNetworkDoesNotGive) {
  protocol::GameState shown{};
  shown.game_id = "run-1";
  shown.sfen = start_.sfen();
  const double truth = (value_at(start_) + 1) / 2;
  forecast(shown, truth, truth);
  EXPECT_THAT(played_.wrong_in(shown), IsEmpty());
  forecast(shown, truth, truth + 0.1);
  EXPECT_THAT(played_.wrong_in(shown), HasSubstr("game run-1"));
  forecast(shown, truth > 0.5 ? 0.2 : 0.8, truth);
  EXPECT_THAT(played_.wrong_in(shown), HasSubstr("game run-1")) << "on the other side";
  forecast(shown, truth, truth);
  shown.black_win_probability = truth + (truth > 0.5 ? 0.1 : -0.1);
  EXPECT_THAT(played_.wrong_in(shown), HasSubstr("game run-1")) << "not its own chances";
}

TEST_F(PlayedTest, MindsAForecastOfTheNewestPositionAlone) {
  shogi::Position after = start_;
  after.do_move(move_);
  const double before = (value_at(start_) + 1) / 2;
  const double now = 1 - (value_at(after) + 1) / 2;
  protocol::GameState shown{};
  shown.game_id = "run-1";
  shown.ply = 1;
  shown.sfen = after.sfen();
  shown.side_to_move = protocol::Side::white;
  forecast(shown, (before + now) / 2, (before + now) / 2);
  EXPECT_THAT(played_.wrong_in(shown), IsEmpty());
  forecast(shown, (before + now) / 2, now);
  EXPECT_THAT(played_.wrong_in(shown), HasSubstr("game run-1"));
}

TEST_F(PlayedTest, KnowsWhatAGameHasReached) {
  using protocol::MilestoneKind;
  EXPECT_THAT(played_.wrong_in(milestone(MilestoneKind::win)), IsEmpty());
  EXPECT_THAT(played_.wrong_in(milestone(MilestoneKind::longest_game)), IsEmpty());
  EXPECT_THAT(played_.wrong_in(milestone(MilestoneKind::checkmate)), HasSubstr("checkmate"));
  EXPECT_THAT(played_.wrong_in(milestone(MilestoneKind::dragon)), HasSubstr("dragon"));
}

TEST_F(PlayedTest, MindsAWinOfTheOtherSide) {
  auto win = milestone(protocol::MilestoneKind::win);
  win.milestone.side = protocol::Side::white;
  EXPECT_THAT(played_.wrong_in(win), HasSubstr("win"));
}

TEST_F(PlayedTest, MindsAListInWhichAMilestoneIsTwice) {
  const protocol::MilestoneView win = milestone(protocol::MilestoneKind::win).milestone;
  EXPECT_THAT(played_.wrong_in(protocol::Milestones{{win}, 1}), IsEmpty());
  EXPECT_THAT(played_.wrong_in(protocol::Milestones{{win, win}, 2}), HasSubstr("twice"));
}

TEST_F(PlayedTest, MindsAHistoryOfOtherFigures) {
  const double entropy = metric_at(1, protocol::Metric::entropy);
  EXPECT_THAT(played_.wrong_in(history(entropy)), IsEmpty());
  EXPECT_THAT(played_.wrong_in(history(entropy + 0.1)), HasSubstr("entropy of update 1"));
}

TEST_F(PlayedTest, MindsAGameInTheStoreThatEndedOtherwise) {
  store::RunMemory kept = memory(value_at(start_));
  EXPECT_THAT(played_.wrong_in(kept), IsEmpty());
  kept.finished[0].game.reason = protocol::EndReason::checkmate;
  EXPECT_THAT(played_.wrong_in(kept), HasSubstr("game run-1"));
}

TEST_F(PlayedTest, MindsAMoveInTheStoreOfWhichTheNetworkThoughtOtherwise) {
  EXPECT_THAT(played_.wrong_in(memory(value_at(start_) + 0.1)), HasSubstr("of game run-1"));
}

}  // namespace
}  // namespace keisei::simulation

#include "hook/events/to_message.h"

#include <gtest/gtest.h>

namespace keisei::hook {
namespace {

TEST(ToMessage, LeavesUnknownNumbersUnknown) {
  MetricsEvent event;
  event.metrics[Metric::policy_loss] = -0.25;
  const protocol::TrainerMetrics message = to_message(event, "r1", 5);
  EXPECT_EQ(message.metrics.at("ppo/policy_loss"), -0.25);
  EXPECT_EQ(message.metrics.at("ppo/grad_norm"), std::nullopt);
  EXPECT_EQ(message.metrics.size(), protocol::kMetricTable.size());
  EXPECT_FALSE(to_message(MoveEvent{}, "r1", 5).value.has_value());
}

TEST(ToMessage, ReadsNoFurtherThanAnEventReaches) {
  MoveEvent move;
  move.top.count = 1000;
  move.usi.fill('x');
  EXPECT_EQ(to_message(move, "r1", 0).top.size(), 5U);
  EXPECT_EQ(to_message(move, "r1", 0).usi.size(), 8U);
  GameFinishedEvent game;
  game.moves.count = -1;
  EXPECT_TRUE(to_message(game, "r1", 0).moves.empty());
  AttentionEvent attention;
  attention.gates.count = 100000;
  EXPECT_EQ(to_message(attention, "r1", 0).gates.size(), static_cast<std::size_t>(kMaxGates));
}

TEST(ToMessage, NamesTheWinner) {
  GameFinishedEvent game;
  EXPECT_EQ(to_message(game, "r1", 0).winner, std::nullopt);
  game.winner = Side::black;
  EXPECT_EQ(to_message(game, "r1", 0).winner, protocol::Side::black);
  game.winner = Side::white;
  EXPECT_EQ(to_message(game, "r1", 0).winner, protocol::Side::white);
}

TEST(ToMessage, GivesAGameTheSameNameInAllItsMessages) {
  MoveEvent move;
  move.game_number = 4;
  GameFinishedEvent game;
  game.game_number = 4;
  AttentionEvent attention;
  attention.game_number = 4;
  EXPECT_EQ(to_message(move, "run", 0).game_id, "run-4");
  EXPECT_EQ(to_message(game, "run", 0).game_id, "run-4");
  EXPECT_EQ(to_message(attention, "run", 0).game_id, "run-4");
}

TEST(ToMessage, FillsInEveryFieldOfTheSameName) {
  GameFinishedEvent game;
  game.game_number = 3;
  game.update = 7;
  game.start_sfen = "9/9/9/9/9/9/9/9/9 b - 1";
  game.moves.add("7g7f");
  game.reason = EndReason::stalemate;
  const protocol::GameFinished message = to_message(game, "r1", 5);
  EXPECT_EQ(message.update, 7);
  EXPECT_EQ(message.start_sfen, "9/9/9/9/9/9/9/9/9 b - 1");
  EXPECT_EQ(message.moves, std::vector<std::string>{"7g7f"});
  EXPECT_EQ(message.reason, EndReason::stalemate);
  EXPECT_EQ(message.emitted_at, 5);
}

TEST(ToMessage, ToleratesGarbageBeyondTheTopMoves) {
  MoveEvent move;
  move.top.count = 1;
  move.top[1].probability = kUnknown;
  EXPECT_TRUE(is_sound(move));
  move.top.count = 2;
  EXPECT_FALSE(is_sound(move));
}

}  // namespace
}  // namespace keisei::hook

#include "hook/events/telemetry_encoding.h"

#include <gtest/gtest.h>

#include <cstring>

namespace keisei::hook {
namespace {

TEST(TelemetryEncoding, LeavesUnknownNumbersUnknown) {
  MetricsEvent event;
  event.policy_loss = -0.25;
  const protocol::TrainerMetrics message = to_message(event, "r1", 5);
  EXPECT_EQ(message.metrics.at("ppo/policy_loss"), -0.25);
  EXPECT_EQ(message.metrics.at("ppo/grad_norm"), std::nullopt);
  EXPECT_EQ(message.metrics.size(), 12U);
  EXPECT_FALSE(to_message(MoveEvent{}, "r1", 5).value.has_value());
}

TEST(TelemetryEncoding, ReadsNoFurtherThanAnEventReaches) {
  MoveEvent move;
  move.top_count = 1000;
  move.usi.fill('x');
  EXPECT_EQ(to_message(move, "r1", 0).top.size(), 5U);
  EXPECT_EQ(to_message(move, "r1", 0).usi.size(), 8U);
  GameFinishedEvent game;
  game.move_count = -1;
  EXPECT_TRUE(to_message(game, "r1", 0).moves.empty());
  AttentionEvent attention;
  attention.gate_count = 100000;
  EXPECT_EQ(to_message(attention, "r1", 0).gates.size(), static_cast<std::size_t>(kMaxGates));
}

TEST(TelemetryEncoding, NamesTheWinner) {
  GameFinishedEvent game;
  EXPECT_EQ(to_message(game, "r1", 0).winner, std::nullopt);
  game.winner = 0;
  EXPECT_EQ(to_message(game, "r1", 0).winner, protocol::Side::black);
  game.winner = 1;
  EXPECT_EQ(to_message(game, "r1", 0).winner, protocol::Side::white);
}

TEST(TelemetryEncoding, GivesAGameTheSameNameInAllItsMessages) {
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

TEST(TelemetryEncoding, ToleratesGarbageBeyondTheTopMoves) {
  MoveEvent move;
  move.top_count = 1;
  move.top[1].probability = kUnknown;
  EXPECT_TRUE(is_sound(move));
  move.top_count = 2;
  EXPECT_FALSE(is_sound(move));
}

}  // namespace
}  // namespace keisei::hook

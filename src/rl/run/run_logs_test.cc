#include "rl/run/run_logs.h"

#include <gtest/gtest.h>

namespace keisei::rl {
namespace {

TEST(GameLine, IsTheGameAsItWasPlayed) {
  hook::GameFinishedEvent game;
  game.game_number = 12;
  game.update = 3;
  game.winner = hook::Side::white;
  game.moves.add("7g7f");
  game.moves.add("3c3d");
  const std::string line = game_line(game, "run-1", 1.5);
  for (const char* part : {R"({"time":1.500,"game_id":"run-1-12","game_number":12,"update":3,)",
                           R"("moves":["7g7f","3c3d"],"winner":"white")"}) {
    EXPECT_NE(line.find(part), std::string::npos) << part << " in " << line;
  }
}

TEST(RunLogs, CannotBeOpenedWhereThereIsNoFolder) {
  const auto logs = RunLogs::open("/nowhere");
  ASSERT_FALSE(logs);
  EXPECT_NE(logs.error().message.find("/nowhere/metrics.jsonl"), std::string::npos);
}

}  // namespace
}  // namespace keisei::rl

#include "usi/position_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace keisei::usi {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

TEST(PositionCommand, PlaysTheMovesFromTheStart) {
  const auto game = read_position("startpos moves 7g7f 3c3d", {});
  ASSERT_TRUE(game) << game.error().message;
  EXPECT_EQ(game->ply(), 2);
}

TEST(PositionCommand, PlaysOnWhereTheRulesWouldHaveEndedTheGame) {
  const auto game = read_position("startpos moves 7g7f 3c3d 2g2f", {.max_plies = 2});
  ASSERT_TRUE(game) << game.error().message;
  EXPECT_FALSE(playable(*game).is_over());
  EXPECT_EQ(game->ply(), 1) << "what went before is forgotten";
}

TEST(PositionCommand, NamesTheMoveThatBreaksARule) {
  EXPECT_THAT(read_position("startpos moves 7g7f 3c3e", {}).error().message,
              HasSubstr("move 2: move \"3c3e\": "));
  EXPECT_THAT(read_position("here", {}).error().message, StartsWith("position: "));
}

}  // namespace
}  // namespace keisei::usi

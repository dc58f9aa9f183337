#include "protocol/telemetry.h"

#include <gtest/gtest.h>

#include "protocol/codec.h"
#include "protocol/testing/published_schema.h"

namespace keisei::protocol {
namespace {

TEST(Telemetry, CountsGamesFromOne) {
  MovePlayed move{};
  move.game_number = 1;
  EXPECT_TRUE(decode<MovePlayed>(encode(move, 1, 1)));
  EXPECT_TRUE(testing::follows_schema(encode(move, 1, 1)));
  move.game_number = 0;
  EXPECT_EQ(decode<MovePlayed>(encode(move, 1, 1)).error().message, "game_number: 0 is below 1");
  EXPECT_FALSE(testing::follows_schema(encode(move, 1, 1)));
}

}  // namespace
}  // namespace keisei::protocol

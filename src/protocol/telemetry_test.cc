#include "protocol/telemetry.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "protocol/codec.h"
#include "protocol/testing/published_schema.h"

namespace keisei::protocol {
namespace {

std::string without(std::string text, const std::string& part) {
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return text.erase(at, part.size());
}

TEST(Telemetry, OfAnEarlierVersionMayLackWhatWasAddedSince) {
  Heartbeat heartbeat{};
  heartbeat.hook_started_at = 1763848000.125;
  const std::string text = encode(heartbeat, 1, 1);
  EXPECT_EQ(decode<Heartbeat>(text).value().hook_started_at, 1763848000.125);
  const std::string earlier = without(text, R"(,"hook_started_at":1763848000.125)");
  const Result<Heartbeat> read = decode<Heartbeat>(earlier);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->hook_started_at, std::nullopt);
  EXPECT_TRUE(testing::follows_schema(earlier));
}

TEST(Telemetry, MayLackListsThatWereAddedSince) {
  EvaluationFinished evaluation{};
  evaluation.anchor_scores = {{"capture_greedy", 30, 2, 8, 310.5, std::nullopt}};
  evaluation.past_ages = {{7, 3300}};
  const std::string text = encode(evaluation, 1, 1);
  EXPECT_EQ(decode<EvaluationFinished>(text).value().past_ages.at(0).seconds, 3300);
  std::string earlier = without(text, R"("past_ages":[{"update":7,"seconds":3300}],)");
  earlier = without(earlier, R"("anchor_scores":[{"name":"capture_greedy","wins":30,"draws":2,)"
                             R"("losses":8,"elo":310.5,"elo_error":null}],)");
  const Result<EvaluationFinished> read = decode<EvaluationFinished>(earlier);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_TRUE(read->anchor_scores.empty());
  EXPECT_TRUE(testing::follows_schema(earlier));
}

TEST(Telemetry, LacksNothingElse) {
  const std::string text = without(encode(Heartbeat{}, 1, 1), R"("round_trip_ms":null,)");
  EXPECT_EQ(decode<Heartbeat>(text).error().message, "round_trip_ms: missing");
  EXPECT_FALSE(testing::follows_schema(text));
}

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

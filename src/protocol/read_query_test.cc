#include "protocol/read_query.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "protocol/queries.h"

namespace keisei::protocol {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

template <class Question>
std::string refusal(const Pairs& query) {
  const auto question = read_query<Question>(query);
  if (question) return "";
  EXPECT_EQ(question.error().code, ErrorCode::bad_field);
  EXPECT_EQ(question.error().message.substr(0, question.error().field.size()),
            question.error().field);
  return question.error().message;
}

TEST(ReadQuery, LeavesOutWhatIsNotSaid) {
  const auto query = read_query<GamesQuery>({}).value();
  EXPECT_EQ(query.run, std::nullopt);
  EXPECT_EQ(query.limit, std::nullopt);
}

TEST(ReadQuery, ReadsEveryKindOfValue) {
  const Pairs said = {
      {"from", "100.5"}, {"to", "160"}, {"level", "beginner"}, {"channels", "game,all"}};
  const auto query = read_query<FramesQuery>(said).value();
  EXPECT_EQ(query.from, 100.5);
  EXPECT_EQ(query.level, Level::beginner);
  EXPECT_EQ(query.channels, (std::vector{ChannelWish::game, ChannelWish::all}));
  const auto games = read_query<GamesQuery>(Pairs{{"run", "a b"}, {"min_plies", "7"}}).value();
  EXPECT_EQ(games.run, "a b");
  EXPECT_EQ(games.min_plies, 7);
}

TEST(ReadQuery, RefusesWhatIsNotDescribed) {
  EXPECT_EQ(refusal<VariantQuery>({{"colour", "black"}}), "colour: there is no such parameter");
}

TEST(ReadQuery, RefusesWhatIsSaidTwice) {
  EXPECT_EQ(refusal<VariantQuery>({{"level", "beginner"}, {"level", "beginner"}}),
            "level: it is given twice");
}

TEST(ReadQuery, RefusesWhatIsMissing) {
  EXPECT_EQ(refusal<FramesQuery>({{"from", "1"}}), "to: it is missing");
}

TEST(ReadQuery, SaysWhatAValueHasToBe) {
  EXPECT_EQ(refusal<VariantQuery>({{"level", "wizard"}}),
            "level: expected one of beginner, intermediate, advanced");
  EXPECT_EQ(refusal<GamesQuery>({{"limit", "0"}}), "limit: expected a whole number from 1 to 100");
  EXPECT_EQ(refusal<GamesQuery>({{"limit", "1.5"}}),
            "limit: expected a whole number from 1 to 100");
  EXPECT_EQ(refusal<GamesQuery>({{"run", ""}}), "run: expected a text of 1 to 40 bytes");
  EXPECT_EQ(refusal<GameQuery>({{"ended_by", "1e9"}}),
            "ended_by: expected a number from 0 to 253402300799, in s since the epoch");
}

TEST(ReadQuery, ReadsNoListWithAHole) {
  for (const char* words : {"", "game,", ",game", "game,,system", "game,gossip"}) {
    EXPECT_NE(refusal<Hello>({{"channels", words}}), "") << words;
  }
}

TEST(ReadQuery, ReadsNoListLongerThanItsRuleSays) {
  std::string words = "game";
  for (int i = 1; i < 16; ++i) words += ",game";
  EXPECT_EQ(refusal<Hello>({{"channels", words}}), "");
  EXPECT_EQ(refusal<Hello>({{"channels", words + ",game"}}),
            "channels: expected at most 16 entries");
}

}  // namespace
}  // namespace keisei::protocol

#include "protocol/series.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <cmath>

#include "protocol/codec.h"

namespace keisei::protocol {
namespace {

GameState game_with(const Series& evaluations) {
  GameState game{};
  game.evaluation_history = evaluations;
  return game;
}

/// The field as it is written.
std::string written(const Series& series) {
  const std::string text = encode(game_with(series), 1, 1);
  const std::string_view key = R"("evaluation_history":)";
  const std::size_t begin = text.find(key) + key.size();
  return text.substr(begin, text.find('}', begin) + 1 - begin);
}

std::string error_of(const std::string& series) {
  std::string text = encode(game_with({}), 1, 1);
  const std::string empty = written({});
  text.replace(text.find(empty), empty.size(), series);
  const Result<GameState> game = decode<GameState>(text);
  return game ? "accepted" : game.error().message;
}

TEST(Series, WritesItsEndsAndTwoCharactersForEachPoint) {
  EXPECT_EQ(written({0.25, 0.75, std::nullopt, 0.5}),
            R"({"from":0.25,"to":0.75,"points":"AA//..gA"})");
  EXPECT_EQ(written({}), R"({"from":0,"to":0,"points":""})");
}

TEST(Series, KeepsAConstantAndWhatIsUnknown) {
  const auto game = decode<GameState>(encode(game_with({0.5, std::nullopt, 0.5}), 1, 1));
  ASSERT_TRUE(game) << game.error().message;
  EXPECT_EQ(game->evaluation_history, (Series{0.5, std::nullopt, 0.5}));
}

TEST(Series, RefusesWhatIsNone) {
  EXPECT_EQ(error_of(R"({"from":0,"to":1,"points":"AA"})"), "accepted");
  EXPECT_EQ(error_of("[0.5]"), "evaluation_history: expected an object");
  EXPECT_EQ(error_of(R"({"from":0,"points":"AA"})"), "evaluation_history.to: missing");
  EXPECT_EQ(error_of(R"({"from":0,"to":2,"points":"AA"})"),
            "evaluation_history.to: 2 is not in 0..1");
  EXPECT_EQ(error_of(R"({"from":0,"to":1,"points":"AAA"})"),
            "evaluation_history.points: expected two characters of base 64 for each point");
  EXPECT_EQ(error_of(R"({"from":0,"to":1,"points":"A*"})"),
            "evaluation_history.points: expected two characters of base 64 for each point");
  EXPECT_EQ(error_of(R"({"from":0,"to":1,"points":")" + std::string(402, 'A') + R"("})"),
            "evaluation_history: longer than 200 entries");
}

RC_GTEST_PROP(Series, IsFinerThanAScreen, ()) {
  const auto values = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 1000001));
  Series series;
  for (const int value : values) {
    if (series.size() == 200) break;
    series.push_back(value % 7 == 0 ? Number() : Number(value / 1e6));
  }
  const auto game = decode<GameState>(encode(game_with(series), 1, 1));
  RC_ASSERT(game.has_value());
  const SeriesRange range = range_of(series);
  RC_ASSERT(game->evaluation_history.size() == series.size());
  for (std::size_t i = 0; i < series.size(); ++i) {
    const Number& read = game->evaluation_history[i];
    RC_ASSERT(read.has_value() == series[i].has_value());
    // Half a step, and what the ends lose in writing.
    if (read) RC_ASSERT(std::abs(*read - *series[i]) <= (range.to - range.from) / 8190 + 1e-4);
  }
}

}  // namespace
}  // namespace keisei::protocol

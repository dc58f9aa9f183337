#include "shogi/record/jkf.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shogi/record/record_builders.h"
#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using namespace std::literals;

constexpr std::string_view kShort = R"({
  "header": {"先手": "甲", "後手": "乙", "開始日時": "2026/01/02", "備考": "公開"},
  "initial": {"preset": "HIRATE"},
  "moves": [
    {"comments": ["開始", "二行目"]},
    {"move": {"color": 0, "from": {"x": 7, "y": 7}, "to": {"x": 7, "y": 6}, "piece": "FU"},
     "time": {"now": {"m": 0, "s": 12}, "total": {"h": 0, "m": 0, "s": 12}}, "comments": ["角道"]},
    {"move": {"color": 1, "from": {"x": 3, "y": 3}, "to": {"x": 3, "y": 4}, "piece": "FU"},
     "time": {"now": {"m": 61, "s": 3}, "total": {"h": 1, "m": 1, "s": 3}},
     "forks": [[{"move": {"color": 1, "from": {"x": 8, "y": 3}, "to": {"x": 8, "y": 4}, "piece": "FU"}}]]},
    {"move": {"color": 0, "from": {"x": 8, "y": 8}, "to": {"x": 2, "y": 2}, "piece": "KA",
              "promote": true, "capture": "KA"}},
    {"move": {"color": 1, "from": {"x": 3, "y": 1}, "same": true, "piece": "GI"}},
    {"move": {"color": 0, "to": {"x": 4, "y": 5}, "piece": "KA", "relative": "H"}},
    {"special": "TORYO"}
  ]})";

GameRecord read(std::string_view text) {
  auto record = read_jkf(text);
  if (!record) ADD_FAILURE() << record.error().message;
  return record.value();
}

TEST(Jkf, ReadsHeaderMovesTimesCommentsAndTheEnd) {
  const GameRecord record = read(kShort);
  EXPECT_EQ(record.black, "甲");
  EXPECT_EQ(record.white, "乙");
  ASSERT_THAT(record.headings, SizeIs(2));
  EXPECT_EQ(record.headings[0], std::pair("start_time"s, "2026/01/02"s));
  EXPECT_EQ(record.headings[1], std::pair("備考"s, "公開"s));
  EXPECT_EQ(record.comment, "開始\n二行目");
  ASSERT_THAT(record.moves, SizeIs(5));
  EXPECT_EQ(to_usi(record.moves[0].move), "7g7f");
  EXPECT_EQ(record.moves[0].time, 12s);
  EXPECT_EQ(record.moves[0].comment, "角道");
  EXPECT_EQ(record.moves[1].time, 61min + 3s);
  EXPECT_EQ(to_usi(record.moves[2].move), "8h2b+");
  EXPECT_EQ(record.moves[2].time, std::nullopt);
  EXPECT_EQ(to_usi(record.moves[3].move), "3a2b");
  EXPECT_EQ(to_usi(record.moves[4].move), "B*4e");
  EXPECT_EQ(record.variations, 1);
  EXPECT_EQ(record.end->ending, Ending::resignation);
  EXPECT_EQ(winner(record), Color::black);
}

TEST(Jkf, ReadsBackWhatItWrites) {
  for (std::uint64_t seed = 0; seed < 200 / testing::kSanitizerShare; ++seed) {
    const GameRecord record = testing::random_record(seed);
    EXPECT_EQ(read(write_jkf(record)), record) << write_jkf(record);
  }
}

TEST(Jkf, ReadsBackEveryPositionOfRandomGames) {
  testing::visit_random_positions(83, 2'000 / testing::kSanitizerShare, [](const Game& game) {
    GameRecord record;
    record.start = game.position();
    record.start.set_ply(0);
    ASSERT_EQ(read(write_jkf(record)), record);
  });
}

TEST(Jkf, KnowsTheHandicaps) {
  const GameRecord record =
      read(R"({"header": {"上手": "師"}, "initial": {"preset": "2"}, "moves": [{}]})");
  EXPECT_EQ(record.start.sfen(), "lnsgkgsnl/9/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1");
  EXPECT_EQ(record.white, "師");
  EXPECT_THAT(write_jkf(record), HasSubstr(R"("preset":"2")"));
}

TEST(Jkf, WritesWhatReadersShow) {
  GameRecord record;
  Position now = testing::position("4k4/9/9/4p4/9/3GGG3/9/9/4K4 b - 1");
  record.start = now;
  record.moves.push_back({parse_usi("4f5e", now).value(), std::nullopt, {}});
  EXPECT_THAT(write_jkf(record), HasSubstr(R"("relative":"R")"));
}

struct Mistake {
  std::string_view text;
  std::string_view message;
};

class BadJkf : public ::testing::TestWithParam<Mistake> {};

TEST_P(BadJkf, IsRefusedWithPlaceAndCause) {
  const auto record = read_jkf(GetParam().text, Reading::strict);
  ASSERT_FALSE(record);
  EXPECT_THAT(record.error().message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, BadJkf,
    ::testing::Values(
        Mistake{"", "JKF: "}, Mistake{"[]", "the file is no object"},
        Mistake{R"({"moves": []})", "header is no object"},
        Mistake{R"({"header": {}})", "moves is no list"},
        Mistake{R"({"header": {"先手": 1}, "moves": []})", "header, 先手: no text"},
        Mistake{R"({"header": {}, "initial": {"preset": "20"}, "moves": []})",
                "initial: unknown preset \"20\""},
        Mistake{R"({"header": {}, "initial": {"preset": "OTHER"}, "moves": []})",
                "initial: data is no object"},
        Mistake{R"({"header": {}, "moves": [1]})", "entry 0: no object"},
        Mistake{R"({"header": {}, "moves": [{}, {}]})", "entry 1: neither a move nor an end"},
        Mistake{R"({"header": {}, "moves": [{}, {"special": "TILT"}]})", "an unknown end"},
        Mistake{R"({"header": {}, "moves": [{}, {"special": "TORYO"}, {"special": "TORYO"}]})",
                "entry 2: after the end"},
        Mistake{R"({"header": {}, "moves": [{}, {"move": {"color": 1}}]})",
                "entry 1: a move of the side that is not to move"},
        Mistake{R"({"header": {}, "moves": [{}, {"move": {"piece": "XX"}}]})", "piece is no piece"},
        Mistake{
            R"({"header": {}, "moves": [{}, {"move": {"piece": "FU", "to": {"x": 0, "y": 1}}}]})",
            "to is no square"},
        Mistake{R"({"header": {}, "moves": [{}, {"move": {"piece": "KI", "to": {"x": 5, "y": 8},
                 "relative": "R"}}]})",
                "does not say where from"},
        Mistake{R"({"header": {}, "moves": [{}, {"move": {"piece": "FU", "from": {"x": 7, "y": 7},
                 "to": {"x": 7, "y": 5}}}]})",
                "the piece does not move that way"}));

}  // namespace
}  // namespace keisei::shogi

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shogi/record/csa.h"
#include "shogi/record/jkf.h"
#include "shogi/record/kif.h"
#include "shogi/record/record_words.h"
#include "shogi/usi.h"

// Game records as programs really write them: one case for each kind that was once refused or
// misread.
namespace keisei::shogi {
namespace {

using ::testing::SizeIs;
using testing::in_words;

struct Case {
  std::string name;
  Result<GameRecord> (*read)(std::string_view);
  std::string text;
  std::string says;  // as in_words() puts it
};

void PrintTo(const Case& tried, std::ostream* out) { *out << tried.text; }

class RecordCase : public ::testing::TestWithParam<Case> {};

TEST_P(RecordCase, IsReadAsItsWriterMeantIt) {
  const auto record = GetParam().read(GetParam().text);
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(in_words(*record), GetParam().says);
}

std::string name_of(const ::testing::TestParamInfo<Case>& info) { return info.param.name; }

INSTANTIATE_TEST_SUITE_P(
    SilentlyWrong, RecordCase,
    ::testing::Values(
        Case{"A1_HeadingsThatBeginLikeASide", read_kif,
             "先手省略名：K\n後手省略名：O\n   1 ７六歩(77)\n",
             "[先手省略名=K] [後手省略名=O] 7g7f"},
        Case{"A1_AHeadingThatBeginsLikeTheSideToMove", read_kif,
             "先手番付：x\n   1 ７六歩(77)\n", "[先手番付=x] 7g7f"},
        Case{"A1_HeadingsOfAHandicapGame", read_kif,
             "手合割：香落ち\n上手省略名：K\n下手省略名：O\n上手：師\n",
             "[上手省略名=K] [下手省略名=O] names /師 "
             "sfen lnsgkgsn1/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1"},
        Case{"A2_AVariationAmongTheHeadings", read_kif, "変化：なし\n   1 ７六歩(77)\n",
             "[変化=なし] 7g7f"},
        Case{"A3_ForksInsideForksInJkf", read_jkf,
             R"({"header": {}, "moves": [{}, {"move": {"color": 0, "from": {"x": 7, "y": 7},
             "to": {"x": 7, "y": 6}, "piece": "FU"}, "forks": [[{"move": {}}, {"move": {},
             "forks": [[{"move": {}}]]}]]}]})",
             "7g7f variations 2"},
        Case{"A3_ForksInsideForksInKif", read_kif,
             "   1 ７六歩(77)\n変化：1手\n   1 ２六歩(27)\n   2 ３四歩(33)\n変化：2手\n"
             "   2 ８四歩(83)\n",
             "7g7f variations 2"},
        Case{"A4_TheHeadingsOfCsa3", read_csa,
             "'CSA encoding=UTF-8\nV3.0\n$TIME:900+0+5\n$MAX_MOVES:256\n$JISHOGI:27\n"
             "$NOTE:x\\ny\nPI\n+\n",
             "[TIME=900+0+5] [MAX_MOVES=256] [JISHOGI=27] [NOTE=x\\ny]"},
        Case{"A5_TheNumberOfMovesAsAHeading", read_kif, "手数：1\n   1 ７六歩(77)\n",
             "[手数=1] 7g7f"},
        Case{"A5_AColonInAValue", read_kif, "表題:A：B\n   1 ７六歩(77)\n", "[表題=A：B] 7g7f"}),
    name_of);

TEST(Records, A1_A5_KifWritesEveryHeadingThatItReads) {
  const auto record = read_kif(
      "先手省略名：K\n後手番付：x\n手数：1\n変化：なし\n表題：A：B\n先手段位：五段\n");
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_THAT(record->headings, SizeIs(6));
  EXPECT_EQ(read_kif(write_kif(*record)), *record) << write_kif(*record);
  EXPECT_EQ(read_kif(write_ki2(*record))->headings, record->headings);
}

TEST(Records, A1_JkfKeepsAHeadingFromPassingForAPlayer) {
  GameRecord record;
  record.black = "甲";
  record.headings = {{"先手", "乙"}};
  EXPECT_EQ(read_jkf(write_jkf(record))->black, "甲");
}

TEST(Records, A3_CountsForksAsDeepAsTheyGo) {
  std::string entry = R"({"move": {}})";
  for (int i = 0; i < 40; ++i) entry = R"({"move": {}, "forks": [[)" + entry + "]]}";
  const auto record = read_jkf(R"({"header": {}, "moves": [{"forks": [[)" + entry + "]]}]}");
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(record->variations, 41);
}

/// One move, in milliseconds, and an end.
GameRecord short_game(int milliseconds, Ending ending) {
  GameRecord record;
  record.moves.push_back({parse_usi("7g7f", record.start).value(),
                          std::chrono::milliseconds(milliseconds),
                          {}});
  record.end = RecordedEnd{ending, std::nullopt, {}};
  return record;
}

TEST(Records, A4_CsaIsVersion2WhereThatSaysEverything) {
  EXPECT_THAT(write_csa(short_game(3000, Ending::resignation)), ::testing::StartsWith("V2.2\n"));
}

TEST(Records, A4_CsaIsVersion3WhereOnlyThatSaysEverything) {
  GameRecord titled = short_game(3000, Ending::resignation);
  titled.headings = {{"JISHOGI", "27"}};
  for (const auto& record : {short_game(3500, Ending::resignation),
                             short_game(3000, Ending::max_plies), titled}) {
    EXPECT_THAT(write_csa(record), ::testing::StartsWith("'CSA encoding=UTF-8\nV3.0\n"));
    EXPECT_EQ(read_csa(write_csa(record)), record);
  }
}

}  // namespace
}  // namespace keisei::shogi

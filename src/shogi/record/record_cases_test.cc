#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shogi/record/csa.h"
#include "shogi/record/jkf.h"
#include "shogi/record/kif.h"
#include "shogi/record/record_words.h"
#include "shogi/record/usi_game.h"
#include "shogi/usi.h"

// Game records as programs really write them: one case for each kind that was once refused or
// misread. A are the silently wrong ones, B what the formats allow, C what programs write.
namespace keisei::shogi {
namespace {

using ::testing::ElementsAreArray;
using testing::in_words;

struct Case {
  std::string name;
  Result<ReadGame> (*read)(std::string_view, Reading);
  std::string text;
  std::string says;               // as in_words() puts it
  std::vector<int> assumed_in{};  // the lines of the warnings
};

std::ostream& operator<<(std::ostream& out, const Case& tried) { return out << tried.text; }

class RecordCase : public ::testing::TestWithParam<Case> {};

TEST_P(RecordCase, IsReadAsItsWriterMeantIt) {
  const auto game = GetParam().read(GetParam().text, Reading::lenient);
  ASSERT_TRUE(game) << game.error().message;
  EXPECT_EQ(in_words(*game), GetParam().says);
  std::vector<int> lines;
  for (const auto& warning : game->warnings) lines.push_back(warning.line);
  EXPECT_THAT(lines, ElementsAreArray(GetParam().assumed_in));
}

TEST_P(RecordCase, IsReadStrictlyWhereNothingHadToBeAssumed) {
  const auto game = GetParam().read(GetParam().text, Reading::strict);
  ASSERT_EQ(game.has_value(), GetParam().assumed_in.empty());
  if (game) {
    EXPECT_EQ(in_words(*game), GetParam().says);
  }
}

std::string name_of(const ::testing::TestParamInfo<Case>& info) { return info.param.name; }

/// A JKF file with these entries behind the first.
std::string jkf(std::string_view entries, std::string_view initial = R"({"preset": "HIRATE"})") {
  return fmt::format(R"({{"header": {{}}, "initial": {}, "moves": [{{}}{}{}]}})", initial,
                     entries.empty() ? "" : ", ", entries);
}

constexpr std::string_view kJkfMove =
    R"("move": {"color": 0, "from": {"x": 7, "y": 7}, "to": {"x": 7, "y": 6}, "piece": "FU"})";

INSTANTIATE_TEST_SUITE_P(
    A, RecordCase,
    ::testing::Values(
        Case{"A1_HeadingsThatBeginLikeASide", read_kif,
             "先手省略名：K\n後手省略名：O\n   1 ７六歩(77)\n",
             "[先手省略名=K] [後手省略名=O] 7g7f"},
        Case{"A1_AHeadingThatBeginsLikeTheSideToMove", read_kif, "先手番付：x\n   1 ７六歩(77)\n",
             "[先手番付=x] 7g7f"},
        Case{"A1_HeadingsOfAHandicapGame", read_kif,
             "手合割：香落ち\n上手省略名：K\n下手省略名：O\n上手：師\n",
             "[上手省略名=K] [下手省略名=O] names /師 "
             "sfen lnsgkgsn1/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1"},
        Case{"A2_AVariationAmongTheHeadings", read_kif, "変化：なし\n   1 ７六歩(77)\n",
             "[変化=なし] 7g7f"},
        Case{"A3_ForksInsideForksInJkf", read_jkf,
             jkf(fmt::format(R"({{{0}, "forks": [[{{{0}}}, {{{0}, "forks": [[{{{0}}}]]}}]]}})",
                             kJkfMove)),
             "7g7f variations 2"},
        Case{"A3_ForksInsideForksInKif", read_kif,
             "   1 ７六歩(77)\n変化：1手\n   1 ２六歩(27)\n   2 ３四歩(33)\n変化：2手\n"
             "   2 ８四歩(83)\n",
             "7g7f variations 2"},
        Case{"A4_TheHeadingsOfCsa3", read_csa,
             "'CSA encoding=UTF-8\nV3.0\n$TIME:900+0+5\n$MAX_MOVES:256\n$JISHOGI:27\n"
             "$NOTE:x\\ny\nPI\n+\n",
             "[TIME=900+0+5] [MAX_MOVES=256] [JISHOGI=27] [NOTE=x\\ny]"},
        Case{"A4_AFractionOfASecondInCsa2",
             read_csa,
             "V2.2\nPI\n+\n+7776FU,T3.5\n",
             "7g7f (3500ms)",
             {4}},
        Case{"A4_TheGreatestLengthInCsa2",
             read_csa,
             "V2.2\nPI\n+\n%MAX_MOVES\n",
             "end MAX_MOVES nobody",
             {4}},
        Case{"A5_TheNumberOfMovesAsAHeading", read_kif, "手数：1\n   1 ７六歩(77)\n",
             "[手数=1] 7g7f"},
        Case{"A5_AColonInAValue", read_kif, "表題:A：B\n   1 ７六歩(77)\n", "[表題=A：B] 7g7f"}),
    name_of);

constexpr const char* kTwoKings = "sfen 4k4/9/9/9/9/9/9/9/4K4 b - 1";

INSTANTIATE_TEST_SUITE_P(
    B, RecordCase,
    ::testing::Values(
        Case{"B1_DotsForEmptySquares", read_csa,
             "P1 .  .  .  . -OU .  .  .  . \nP9 .  .  .  . +OU .  .  .  . \n+\n", kTwoKings},
        Case{"B1_BlanksForEmptySquares", read_csa,
             "P1            -OU            \nP9            +OU\n+\n", kTwoKings},
        Case{"B2_StatementsOnOneLine", read_csa, "PI\n+\n+7776FU,T10,'* 30 -3334FU\n",
             "7g7f (10000ms) { 30 -3334FU}"},
        Case{"B2_ACommentBetweenStatements", read_csa, "PI\n+\n+7776FU,'*a,b,T10,-3334FU\n",
             "7g7f (10000ms) {a,b} 3c3d"},
        Case{"B4_EucJp", read_csa, "PI\n+\n'*\xa4\xa2\n", "{あ}"},
        Case{"B4_ShiftJis", read_csa, "PI\n+\n'*\x82\xa0\n", "{あ}"},
        Case{"B4_ShiftJisThatCouldBeEucJp", read_csa,
             "'CSA encoding=SHIFT_JIS\nV3.0\nPI\n+\n'*\xb6\xb8\n", "{ｶｸ}"},
        Case{"B4_BytesOfNoEncoding", read_csa, "PI\n+\n'*\xff\n+7776FU\n", "{\\xFF} 7g7f", {3}},
        Case{"B4_BytesOfNoEncodingThatIconvKnows",
             read_csa,
             "PI\n+\n'*\x81\n+7776FU\n",
             "{\\x81} 7g7f",
             {3}},
        Case{"B4_ACharacterThatUtf8NoLongerHas",
             read_csa,
             "PI\n+\n'*\xfd\xa8\xa8\xa8\xa8\xa8\n+7776FU\n",
             "{\\xFDｨｨｨｨｨ} 7g7f",
             {3}},
        Case{"B4_CarriageReturnsAlone", read_csa, "PI\r+\r+7776FU\r", "7g7f"},
        Case{"B4_CarriageReturnsAloneInKif", read_kif, "先手：甲\r   1 ７六歩(77)\r",
             "names 甲/ 7g7f"},
        Case{"B5_TheRightKnightToo", read_jkf, jkf("", R"({"preset": "5"})"),
             "sfen 2sgkgsn1/9/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1"},
        Case{"B5_TheLeftKnightToo", read_jkf, jkf("", R"({"preset": "5_L"})"),
             "sfen 1nsgkgs2/9/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1"},
        Case{"B5_TheLeftSilverToo", read_jkf, jkf("", R"({"preset": "7_L"})"),
             "sfen 2sgkg3/9/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1"},
        Case{"B5_TheRightSilverToo", read_jkf, jkf("", R"({"preset": "7_R"})"),
             "sfen 3gkgs2/9/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1"},
        Case{"B5_AnEmptyBoard", read_jkf, jkf("", R"({"preset": "OTHER",
                         "data": {"color": 0, "board": {}, "hands": [{}, {}]}})"),
             "sfen 9/9/9/9/9/9/9/9/9 b - 1"},
        Case{"B5_AnEndBesideAMove", read_jkf,
             jkf(fmt::format(R"({{{}, "comments": ["c"], "special": "TORYO"}})", kJkfMove)),
             "7g7f {c} end TORYO black"}),
    name_of);

constexpr std::string_view kFourMoves =
    "   1 ７六歩(77)\n   2 ３四歩(33)\n   3 ６八玉(59)\n   4 ４二玉(51)\n";

INSTANTIATE_TEST_SUITE_P(
    C1, RecordCase,
    ::testing::Values(
        Case{"C1_AFoulThatTheOtherWonBy",
             read_kif,
             std::string(kFourMoves) + "   5 ７七玉(68)\n   6 反則勝ち\n",
             "7g7f 3c3d 5i6h 5a4b "
             "end ILLEGAL_MOVE white {７七玉(68): the king would be in check}",
             {5}},
        Case{"C1_AFoulThatItsMakerLostBy",
             read_kif,
             std::string(kFourMoves) +
                 "   5 ７七玉(68)   ( 0:03/00:00:03)\n*c\n   6 反則負け   ( 0:00/00:00:00)\n",
             "7g7f 3c3d 5i6h 5a4b "
             "end ILLEGAL_MOVE white (3000ms) {７七玉(68): the king would be in check\nc}",
             {5}},
        Case{"C1_AFoulInKi2",
             read_kif,
             "▲７五歩\nまで1手で後手の反則勝ち\n",
             "end ILLEGAL_MOVE white {▲７五歩: no 歩 can make such a move to 7e}",
             {1}},
        Case{"C1_AFoulInCsa",
             read_csa,
             "PI\n+\n+7775FU\nT3\n%ILLEGAL_MOVE\n",
             "end ILLEGAL_MOVE white (3000ms) "
             "{+7775FU: the piece does not move that way, or something is in between}",
             {3}},
        Case{"C1_AFoulInCsaWithItsMaker",
             read_csa,
             "PI\n+\n+7776FU\n-8284FU\n%-ILLEGAL_ACTION\n",
             "7g7f end ILLEGAL_MOVE black {-8284FU: the piece on 8b is HI}",
             {4}},
        Case{"C1_AFoulInJkf",
             read_jkf,
             jkf(R"({"move": {"color": 0, "from": {"x": 7, "y": 7}, "to": {"x": 7, "y": 5},
                     "piece": "FU"}}, {"special": "ILLEGAL_MOVE"})"),
             "end ILLEGAL_MOVE white "
             "{7g7e: the piece does not move that way, or something is in between}",
             {0}}),
    name_of);

/// One move of Black, and that in place of the next.
std::string kif_ended(std::string_view word) {
  return fmt::format("   1 ７六歩(77)\n   2 {}\n", word);
}

INSTANTIATE_TEST_SUITE_P(
    C2, RecordCase,
    ::testing::Values(
        Case{"C2_MateWithoutAParticle", read_kif, "▲７六歩\nまで1手詰\n", "7g7f end TSUMI black"},
        Case{"C2_TimeUpInEnglish", read_kif, kif_ended("Time-up"), "7g7f end TIME_UP black"},
        Case{"C2_TimeUp", read_kif, kif_ended("時間切れ  ( 0:05/00:00:05)"),
             "7g7f end TIME_UP black (5000ms)"},
        Case{"C2_ASealedMove", read_kif, kif_ended("封じ手"), "7g7f end CHUDAN nobody {封じ手}"},
        Case{"C2_TheGreatestLength", read_kif, kif_ended("最大手数"), "7g7f end MAX_MOVES nobody"},
        Case{"C2_ADeclaration", read_kif, kif_ended("宣言勝ち"), "7g7f end KACHI white"},
        Case{"C2_ADraw", read_kif, kif_ended("引き分け"), "7g7f end HIKIWAKE nobody"},
        Case{"C2_AResignationInKi2", read_kif, "▲７六歩 △投了\n", "7g7f end TORYO black"},
        Case{"C2_AWinByFoul", read_kif, "▲７六歩\nまで1手で反則により先手の勝ち\n",
             "7g7f end ILLEGAL_MOVE black"},
        Case{"C2_AnUnknownWord",
             read_kif,
             kif_ended("対局停止"),
             "7g7f end CHUDAN nobody {対局停止}",
             {2}},
        Case{"C2_UnknownWordsInKi2",
             read_kif,
             "▲７六歩\nまで1手で終わり\n",
             "7g7f end CHUDAN nobody {終わり}",
             {2}},
        Case{"C2_MoreWordsInKi2",
             read_kif,
             "▲７六歩\nまで1手で千日手指し直し\n",
             "7g7f end SENNICHITE nobody {千日手指し直し}",
             {2}},
        Case{"C2_AWinOfTheSideToMove",
             read_kif,
             "▲７六歩\nまで1手で後手の勝ち\n",
             "7g7f end +ILLEGAL_ACTION white {後手の勝ち}",
             {2}},
        Case{"C2_AnUnknownWordInCsa", read_csa, "PI\n+\n%NANI\n", "end CHUDAN nobody {NANI}", {3}},
        Case{"C2_AnUnknownWordInJkf",
             read_jkf,
             jkf(R"({"special": "TILT"})"),
             "end CHUDAN nobody {TILT}",
             {0}}),
    name_of);

INSTANTIATE_TEST_SUITE_P(
    C3, RecordCase,
    ::testing::Values(
        Case{"C3_ASecondEnd", read_kif, kif_ended("投了\n   3 中断"), "7g7f end TORYO black", {3}},
        Case{
            "C3_ALineBehindTheEnd", read_kif, kif_ended("投了\n以上"), "7g7f end TORYO black", {3}},
        Case{"C3_AHeadingBehindTheEndOfCsa",
             read_csa,
             "PI\n+\n+7776FU\n%TORYO\n$END_TIME:2026/01/02\n",
             "[end_time=2026/01/02] 7g7f end TORYO black",
             {5}},
        Case{"C3_ASecondEndInCsa",
             read_csa,
             "PI\n+\n%TORYO\nT1\n%CHUDAN\nT2\n",
             "end TORYO white (1000ms)",
             {5}},
        Case{"C3_ASecondEndInJkf",
             read_jkf,
             jkf(R"({"special": "TORYO"}, {"special": "CHUDAN"})"),
             "end TORYO white",
             {0}}),
    name_of);

constexpr const char* kTwoPawns = "sfen 4k4/9/9/9/9/4P4/4P4/9/4K4 b - 1";

constexpr std::string_view kTwoPawnsInKif =
    "後手の持駒：なし\n| ・ ・ ・ ・v玉 ・ ・ ・ ・|一\n"
    "| ・ ・ ・ ・ ・ ・ ・ ・ ・|二\n| ・ ・ ・ ・ ・ ・ ・ ・ ・|三\n"
    "| ・ ・ ・ ・ ・ ・ ・ ・ ・|四\n| ・ ・ ・ ・ ・ ・ ・ ・ ・|五\n"
    "| ・ ・ ・ ・ 歩 ・ ・ ・ ・|六\n| ・ ・ ・ ・ 歩 ・ ・ ・ ・|七\n"
    "| ・ ・ ・ ・ ・ ・ ・ ・ ・|八\n| ・ ・ ・ ・ 玉 ・ ・ ・ ・|九\n先手の持駒：なし\n";

/// The start of a JKF file with a diagram whose pieces all stand on the fifth file.
std::string fifth_file(std::string_view squares) {
  std::string files;
  for (int file = 1; file <= 9; ++file) {
    files += file == 1 ? "" : ", ";
    files += file == 5 ? squares : "[{}, {}, {}, {}, {}, {}, {}, {}, {}]";
  }
  return fmt::format(R"({{"preset": "OTHER",
                          "data": {{"color": 0, "board": [{}], "hands": [{{}}, {{}}]}}}})",
                     files);
}

INSTANTIATE_TEST_SUITE_P(
    C4, RecordCase,
    ::testing::Values(
        Case{"C4_ALineWithoutAColon", read_kif, "盤面回転\n   1 ７六歩(77)\n", "7g7f", {1}},
        Case{"C4_ATitle", read_kif, "2026年の大会\n先手：甲\n", "names 甲/", {1}},
        Case{"C4_ACommentOnTheLineOfAMove",
             read_kif,
             kif_ended("３四歩(33)*c"),
             "7g7f 3c3d {c}",
             {2}},
        Case{"C4_AMarkOfEitherSide", read_kif, "▼７六歩 △３四歩\n", "7g7f 3c3d", {1}},
        Case{"C4_AResignationInUsi",
             read_usi_game,
             "position startpos moves 7g7f resign\n",
             "7g7f end TORYO black",
             {1}},
        Case{"C4_BlanksThatCollapsed",
             read_csa,
             "P1 * * * * -OU * * * *\nP9 * * * * +OU * * * *\n+\n",
             kTwoKings,
             {1, 2}},
        Case{"C4_HoursInATime",
             read_kif,
             "   1 ７六歩(77)   (1:02:03/1:02:03)\n",
             "7g7f (3723000ms)",
             {1}},
        Case{"C5_TwoPawnsOnAFileInCsa",
             read_csa,
             "P1 *  *  *  * -OU\nP6 *  *  *  * +FU\nP7 *  *  *  * +FU\nP9 *  *  *  * +OU\n+\n",
             kTwoPawns,
             {5}},
        Case{"C5_TwoPawnsOnAFileInKif", read_kif, std::string(kTwoPawnsInKif), kTwoPawns, {11}},
        Case{"C5_TwoPawnsOnAFileInJkf",
             read_jkf,
             jkf("", fifth_file(R"([{"color": 1, "kind": "OU"}, {}, {}, {}, {},
                                    {"color": 0, "kind": "FU"}, {"color": 0, "kind": "FU"}, {},
                                    {"color": 0, "kind": "OU"}])")),
             kTwoPawns,
             {0}},
        Case{"C5_TwoPawnsOnAFileInUsi", read_usi_game, kTwoPawns, kTwoPawns, {1}}),
    name_of);

}  // namespace
}  // namespace keisei::shogi

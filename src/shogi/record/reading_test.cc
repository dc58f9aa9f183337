#include "shogi/record/reading.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shogi/record/csa.h"
#include "shogi/record/jkf.h"
#include "shogi/record/kif.h"
#include "shogi/record/record_words.h"
#include "shogi/record/usi_game.h"
#include "shogi/usi.h"

namespace keisei::shogi {
namespace {

using ::testing::HasSubstr;
using testing::in_words;
using ::testing::SizeIs;
using ::testing::StartsWith;

/// One move, in milliseconds, and an end.
GameRecord short_game(int milliseconds, Ending ending) {
  GameRecord record;
  record.moves.push_back(
      {parse_usi("7g7f", record.start).value(), std::chrono::milliseconds(milliseconds), {}});
  record.end = RecordedEnd{ending, std::nullopt, {}};
  return record;
}

template <class T>
std::string error_of(const Result<T>& read) {
  return read ? "" : read.error().message;
}

TEST(Reading, WarnsWithLineCauseAndWhatWasAssumed) {
  const auto game = read_kif("盤面回転\n   1 ７六歩(77)\n   2 対局停止\n");
  ASSERT_TRUE(game) << game.error().message;
  ASSERT_THAT(game->warnings, SizeIs(2));
  EXPECT_EQ(game->warnings[0].line, 1);
  EXPECT_THAT(game->warnings[0].cause, HasSubstr("盤面回転"));
  EXPECT_EQ(game->warnings[0].assumed, "a line to leave out");
  EXPECT_EQ(game->warnings[1], (ReadWarning{3, "an unknown end, 対局停止",
                                            "an interruption, with the words as its comment"}));
}

TEST(Reading, RefusesStrictlyWithLineAndCause) {
  EXPECT_EQ(error_of(read_kif("   1 ７六歩(77)\n   2 対局停止\n", Reading::strict)),
            "KIF, line 2: an unknown end, 対局停止");
}

TEST(Reading, RefusesAnIllegalMoveThatTheGameDidNotEndBy) {
  const std::string foul = "   1 ７五歩(77)\n";
  EXPECT_THAT(error_of(read_kif(foul)), StartsWith("KIF, line 1: move 1: "));
  EXPECT_THAT(error_of(read_kif(foul + "   2 ３四歩(33)\n")), StartsWith("KIF, line 1: move 1: "));
  EXPECT_THAT(error_of(read_kif(foul + "   2 投了\n")), StartsWith("KIF, line 1: move 1: "));
  EXPECT_THAT(error_of(read_csa("PI\n+\n+7775FU\n%TORYO\n")), StartsWith("CSA, line 3: "));
  EXPECT_THAT(error_of(read_csa("PI\n+\n+7775FU\n%-ILLEGAL_ACTION\n")),
              StartsWith("CSA, line 3: "));
  EXPECT_THAT(error_of(read_usi_game("startpos moves 7g7e")), HasSubstr("move 1: "));
}

TEST(Reading, RefusesMovesBehindAnUnknownWord) {
  EXPECT_THAT(error_of(read_kif("   1 ７六歩(77)\n   2 対局停止\n   3 ２六歩(27)\n")),
              HasSubstr("line 3: a move after the unknown word"));
}

TEST(Reading, RefusesWhatIsNoRecordAtAll) {
  EXPECT_THAT(error_of(read_kif("こんにちは\n")), HasSubstr("line 1: expected a heading"));
  EXPECT_THAT(error_of(read_kif("{\"header\": {}}\n")), HasSubstr("line 1: expected a heading"));
}

TEST(Reading, KeepsTwoPawnsOnAFileOutOfPositionsToPlayFrom) {
  constexpr std::string_view kTwoPawns = "4k4/9/9/9/9/4P4/4P4/9/4K4 b - 1";
  EXPECT_FALSE(Position::from_sfen(kTwoPawns));
  const auto drawn = Position::from_sfen(kTwoPawns, TwoPawns::allowed);
  ASSERT_TRUE(drawn) << drawn.error().message;
  EXPECT_FALSE(drawn->validate());
}

TEST(Reading, ReadsTwoPawnsOnAFileBackFromEveryFormat) {
  GameRecord record;
  record.start = Position::from_sfen("4k4/9/9/9/9/4P4/4P4/9/4K4 b - 1", TwoPawns::allowed).value();
  EXPECT_EQ(read_csa(write_csa(record)), record);
  EXPECT_EQ(read_jkf(write_jkf(record)), record);
  EXPECT_EQ(read_kif(write_kif(record)), record);
  EXPECT_EQ(read_kif(write_ki2(record)), record);
  EXPECT_EQ(read_usi_game(write_usi_game(record)), record);
}

TEST(Reading, SaysWhoMovesFirstOnABoardOfAHandicapGameThatDoesNot) {
  GameRecord record;
  record.start = Position::from_sfen("4k4/9/9/9/9/9/9/9/4K4 b G 1").value();
  std::string text = write_kif(record);
  const auto replace = [&](std::string_view old, std::string_view with) {
    text.replace(text.find(old), old.size(), with);
  };
  replace("先手番\n", "");
  replace("先手の持駒", "下手の持ち駒");
  const auto game = read_kif(text);
  ASSERT_TRUE(game) << game.error().message;
  EXPECT_EQ(in_words(*game), "sfen " + record.start.sfen());
  EXPECT_THAT(game->warnings, SizeIs(2));
}

TEST(Records, A1_A5_KifWritesEveryHeadingThatItReads) {
  const auto game =
      read_kif("先手省略名：K\n後手番付：x\n手数：1\n変化：なし\n表題：A：B\n先手段位：五段\n");
  ASSERT_TRUE(game) << game.error().message;
  EXPECT_THAT(game->headings, SizeIs(6));
  EXPECT_EQ(read_kif(write_kif(*game)), *game) << write_kif(*game);
  EXPECT_EQ(read_kif(write_ki2(*game))->headings, game->headings);
}

TEST(Records, A1_JkfKeepsAHeadingFromPassingForAPlayer) {
  GameRecord record;
  record.black = "甲";
  record.headings = {{"先手", "乙"}};
  EXPECT_EQ(read_jkf(write_jkf(record))->black, "甲");
}

TEST(Records, A3_CountsForksAsDeepAsTheyGo) {
  std::string entry = R"({"move": {}})";
  for (int i = 0; i < 40; ++i) {
    entry = fmt::format(R"({{"move": {{}}, "forks": [[{}]]}})", entry);
  }
  const auto game = read_jkf(R"({"header": {}, "moves": [{"forks": [[)" + entry + "]]}]}");
  ASSERT_TRUE(game) << game.error().message;
  EXPECT_EQ(game->variations, 41);
}

TEST(Records, A4_CsaIsVersion2WhereThatSaysEverything) {
  EXPECT_THAT(write_csa(short_game(3000, Ending::resignation)), StartsWith("V2.2\n"));
}

TEST(Records, A4_CsaIsVersion3WhereOnlyThatSaysEverything) {
  GameRecord titled = short_game(3000, Ending::resignation);
  titled.headings = {{"JISHOGI", "27"}};
  for (const auto& record :
       {short_game(3500, Ending::resignation), short_game(3000, Ending::max_plies), titled}) {
    EXPECT_THAT(write_csa(record), StartsWith("'CSA encoding=UTF-8\nV3.0\n"));
    EXPECT_EQ(read_csa(write_csa(record), Reading::strict), record);
  }
}

TEST(Records, A4_TheHeadingsOfCsa3SurviveARoundTrip) {
  GameRecord record;
  record.headings = {{"TIME", "900+0+5"},  {"TIME+", "60+0+0"}, {"TIME-", "60+0+1"},
                     {"MAX_MOVES", "256"}, {"JISHOGI", "27"},   {"NOTE", "x\\ny"}};
  EXPECT_EQ(read_csa(write_csa(record), Reading::strict), record);
}

constexpr std::string_view kTwoGames =
    "V2.2\nN+甲\nPI\n+\n+7776FU\n%TORYO\n/\nN+乙\nPI\n+\n+2726FU\n%NANI\n/\n";

TEST(Records, B3_ReadsAllGamesOfAFile) {
  const auto games = read_csa_games(kTwoGames);
  ASSERT_TRUE(games) << games.error().message;
  ASSERT_THAT(*games, SizeIs(2));
  EXPECT_EQ(in_words((*games)[0]), "names 甲/ 7g7f end TORYO black");
  EXPECT_THAT((*games)[0].warnings, SizeIs(0));
  EXPECT_EQ(in_words((*games)[1]), "names 乙/ 2g2f end CHUDAN nobody {NANI}");
  ASSERT_THAT((*games)[1].warnings, SizeIs(1));
  EXPECT_EQ((*games)[1].warnings[0].line, 12);
}

TEST(Records, B3_SaysThatMoreThanTheFirstGameIsThere) {
  const auto first = read_csa(kTwoGames);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(in_words(*first), "names 甲/ 7g7f end TORYO black");
  ASSERT_THAT(first->warnings, SizeIs(1));
  EXPECT_EQ(first->warnings[0].cause, "a file of 2 games");
}

TEST(Records, B3_NamesTheLineOfAnErrorInALaterGame) {
  EXPECT_THAT(error_of(read_csa_games("PI\n+\n/\nPI\n+\n+7775FU\n")), StartsWith("CSA, line 6: "));
}

}  // namespace
}  // namespace keisei::shogi

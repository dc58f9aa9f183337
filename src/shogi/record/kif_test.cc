#include "shogi/record/kif.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shogi/japanese.h"
#include "shogi/record/japanese_move.h"
#include "shogi/record/record_builders.h"
#include "shogi/record/text_encoding.h"
#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using ::testing::HasSubstr;
using testing::position;
using ::testing::SizeIs;
using namespace std::literals;

constexpr std::string_view kShort =
    "#KIF version=2.0 encoding=UTF-8\n開始日時：2026/01/02\n手合割：平手　　\n先手：甲\n後手：乙\n"
    "手数----指手---------消費時間--\n*開始\n   1 ７六歩(77)   ( 0:12/00:00:12)+\n*角道\n"
    "   2 ３四歩(33)   ( 1:03/00:01:03)\n   3 ２二角成(88)   ( 0:01/00:00:13)\n"
    "   4 同　銀(31)\n   5 投了         ( 0:00/00:00:13)\nまで4手で後手の勝ち\n"
    "\n変化：1手\n   1 ２六歩(27)\n*別の手\n";

GameRecord read(std::string_view text) {
  auto record = read_kif(text);
  if (!record) ADD_FAILURE() << record.error().message;
  return record.value();
}

std::string error_of(std::string_view text) {
  const auto record = read_kif(text, Reading::strict);
  return record ? "" : record.error().message;
}

std::string played(std::string_view sfen, std::string_view text,
                   std::optional<Square> last_to = std::nullopt) {
  const auto move = parse_japanese(text, position(sfen), last_to);
  return move ? to_usi(*move) : move.error().message;
}

TEST(Kif, ReadsNamesHeadingsMovesTimesCommentsAndTheEnd) {
  const GameRecord record = read(kShort);
  EXPECT_EQ(record.black, "甲");
  EXPECT_EQ(record.white, "乙");
  ASSERT_THAT(record.headings, SizeIs(1));
  EXPECT_EQ(record.headings[0], std::pair("start_time"s, "2026/01/02"s));
  EXPECT_EQ(record.comment, "開始");
  ASSERT_THAT(record.moves, SizeIs(4));
  EXPECT_EQ(to_usi(record.moves[0].move), "7g7f");
  EXPECT_EQ(record.moves[0].time, 12s);
  EXPECT_EQ(record.moves[0].comment, "角道");
  EXPECT_EQ(record.moves[1].time, 63s);
  EXPECT_EQ(to_usi(record.moves[2].move), "8h2b+");
  EXPECT_EQ(to_usi(record.moves[3].move), "3a2b");
  EXPECT_EQ(record.moves[3].time, std::nullopt);
  EXPECT_EQ(record.end->ending, Ending::resignation);
  EXPECT_EQ(winner(record), Color::white);
}

TEST(Kif, KeepsTheMainLineAndCountsVariations) { EXPECT_EQ(read(kShort).variations, 1); }

TEST(Kif, ReadsTheSameFromShiftJis) { EXPECT_EQ(read(to_shift_jis(kShort).value()), read(kShort)); }

/// What KIF has one word for.
GameRecord as_kif_says(GameRecord record) {
  const bool drawn = record.end->ending == Ending::max_plies;
  if (drawn) record.end->ending = Ending::impasse;
  return record;
}

TEST(Kif, ReadsBackWhatItWrites) {
  for (std::uint64_t seed = 0; seed < 200 / testing::kSanitizerShare; ++seed) {
    const GameRecord record = as_kif_says(testing::random_record(seed));
    EXPECT_EQ(read(write_kif(record)), record) << write_kif(record);
  }
}

TEST(Kif, ReadsBackACommentThatEndsInEmptyLines) {
  GameRecord record;
  record.comment = "開始\n\n二行目\n\n";
  EXPECT_EQ(read(write_kif(record)).comment, record.comment);
}

TEST(Ki2, ReadsBackWhatItWritesButTheTimes) {
  for (std::uint64_t seed = 0; seed < 200 / testing::kSanitizerShare; ++seed) {
    GameRecord record = as_kif_says(testing::random_record(seed));
    for (auto& move : record.moves) move.time = std::nullopt;
    record.end->time = std::nullopt;
    EXPECT_EQ(read(write_ki2(record)), record) << write_ki2(record);
  }
}

TEST(Kif, ReadsBackEveryPositionOfRandomGames) {
  testing::visit_random_positions(81, 2'000 / testing::kSanitizerShare, [](const Game& game) {
    GameRecord record;
    record.start = game.position();
    record.start.set_ply(0);
    ASSERT_EQ(read(write_kif(record)), record);
  });
}

TEST(Kif, KnowsTheHandicaps) {
  EXPECT_EQ(read("手合割：二枚落ち\n").start.sfen(),
            "lnsgkgsnl/9/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1");
  EXPECT_THAT(write_kif(read("手合割：香落ち\n")), HasSubstr("手合割：香落ち"));
  EXPECT_EQ(read("手合割：香落ち\n上手：師\n下手：弟子\n").white, "師");
}

TEST(Kif, ReadsADrawnBoard) {
  const GameRecord record = read(
      "後手の持駒：飛　歩十二　\n  ９ ８ ７ ６ ５ ４ ３ ２ １\n+---------------------------+\n"
      "| ・ ・ ・ ・v玉 ・ ・ ・ ・|一\n| ・ ・ ・ ・ ・v飛 ・ ・ ・|二\n"
      "| ・ ・ ・ ・ ・ ・ ・ ・ ・|三\n| ・ ・ ・ ・ ・ ・ ・ ・ ・|四\n"
      "| ・ ・ ・ ・ ・ ・ ・ ・ ・|五\n| ・ ・ ・ ・ ・ ・ ・ ・ ・|六\n"
      "| 全 ・ ・ ・ ・ ・ ・ ・ ・|七\n| ・ ・ ・ ・ ・ ・ ・ ・ ・|八\n"
      "| ・ ・ ・ ・ 王 ・ ・ ・ ・|九\n+---------------------------+\n先手の持駒：なし\n後手番\n");
  EXPECT_EQ(record.start.sfen(), "4k4/5r3/9/9/9/9/+S8/9/4K4 w r12p 1");
}

TEST(Kif, ReadsTheEndOfKi2FromItsLastLine) {
  const auto ending = [](std::string_view text) { return read(text).end->ending; };
  EXPECT_EQ(ending("▲７六歩\nまで1手で先手の勝ち\n"), Ending::resignation);
  EXPECT_EQ(ending("▲７六歩\nまで1手で時間切れにより先手の勝ち\n"), Ending::timeout);
  EXPECT_EQ(ending("▲７六歩\nまで1手で後手の反則負け\n"), Ending::foul);
  EXPECT_EQ(ending("▲７六歩\nまで1手で先手の反則負け\n"), Ending::foul_of_opponent);
  EXPECT_EQ(ending("▲７六歩\nまで1手で後手の入玉勝ち\n"), Ending::declaration);
  EXPECT_EQ(ending("▲７六歩\nまで1手で千日手\n"), Ending::repetition);
}

TEST(JapaneseMove, ReadsBackEveryLegalMoveOfRandomGames) {
  testing::visit_random_positions(82, 1'000 / testing::kSanitizerShare, [](const Game& game) {
    for (const Move move : game.legal_moves()) {
      const auto text = to_japanese(game.position(), move, move.to());
      const auto read = parse_japanese(text, game.position(), move.to());
      ASSERT_TRUE(read) << game.position().sfen() << " " << text << read.error().message;
      ASSERT_EQ(*read, move);
    }
  });
}

constexpr std::string_view kGolds = "4k4/9/9/9/9/3GGG3/9/9/4K4 b - 1";

TEST(JapaneseMove, UnderstandsMoreWordsThanNeeded) {
  EXPECT_EQ(played(kGolds, "▲５五金右上"), "4f5e");
  EXPECT_EQ(played(kGolds, "▲５五金左"), "6f5e");
  EXPECT_EQ(played(kGolds, "▲５五金直"), "5f5e");
}

TEST(JapaneseMove, ListsTheCandidatesOfAnAmbiguousMove) {
  EXPECT_THAT(played(kGolds, "▲５五金"), HasSubstr("▲５五金直"));
  EXPECT_THAT(played(kGolds, "▲５五金上"), HasSubstr("▲５五金右"));
}

TEST(JapaneseMove, PrefersABoardMoveToADropUnlessTold) {
  const std::string_view either = "4k4/9/9/9/9/4G4/9/9/4K4 b G 1";
  EXPECT_EQ(played(either, "▲５五金"), "5f5e");
  EXPECT_EQ(played(either, "▲５五金打"), "G*5e");
  EXPECT_EQ(played(either, "▲３三金"), "G*3c");
}

TEST(JapaneseMove, SaysWhatIsWrong) {
  EXPECT_THAT(played(kGolds, "△５五金"), HasSubstr("side that is not to move"));
  EXPECT_THAT(played(kGolds, "▲同金"), HasSubstr("no move went before"));
  EXPECT_THAT(played(kGolds, "▲５五"), HasSubstr("expected a piece"));
  EXPECT_THAT(played(kGolds, "▲金"), HasSubstr("expected a square"));
  EXPECT_THAT(played(kGolds, "５五金(99)"), HasSubstr("no 金 on 9i"));
  EXPECT_THAT(played(kGolds, "５三金(56)"), HasSubstr("does not move that way"));
  EXPECT_THAT(played(kGolds, "５五金打"), HasSubstr("in hand"));
  EXPECT_THAT(played(kGolds, "５五金直は"), HasSubstr("unexpected text"));
}

struct Mistake {
  std::string_view text;
  std::string_view message;
};

class BadKif : public ::testing::TestWithParam<Mistake> {};

TEST_P(BadKif, IsRefusedWithLineAndCause) {
  EXPECT_THAT(error_of(GetParam().text), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, BadKif,
    ::testing::Values(
        Mistake{"こんにちは\n", "line 1: expected a heading"},
        Mistake{"{\"header\": {}}\n", "line 1: expected a heading, whose name begins"},
        Mistake{"棋戦：王位戦\n  \"moves\": [\n", "line 2: expected a heading"},
        Mistake{"棋戦：王位戦\n\uFEFF場所：東京\n",
                "line 2: expected a heading, whose name begins"},
        Mistake{"：名無し\n", "line 1: expected a heading"},
        Mistake{"手合割：八百長\n", "the handicap 八百長 needs a drawn board"},
        Mistake{"   1 ７六歩(77)\n   3 ３四歩(33)\n", "line 2: move 3 after move 1"},
        Mistake{"   1 ７六歩(77)\n   2 ７六歩(77)\n", "line 2: move 2: there is no 歩 on 7g"},
        Mistake{"   1 ７六歩(77) ( x\n", "line 1: expected a time"},
        Mistake{"   1 ７六歩(77) そして\n", "line 1: unexpected text"},
        Mistake{"   1 投了\n   2 ７六歩(77)\n", "line 2: after the end"},
        Mistake{"   1 ７六歩(77)\n先手：甲\n", "line 2: expected a move"},
        Mistake{"▲７六歩 △７六歩\n", "line 1: move 2: no 歩 can make such a move"},
        Mistake{"まで1手で終わり\n", "line 1: an unknown end"},
        Mistake{"| ・ ・|一\n", "line 1: expected nine squares"},
        Mistake{"先手の持駒：飛三\n", "line 1: more than 2 of 飛"},
        Mistake{"先手の持駒：と\n", "line 1: expected pieces for a hand"},
        Mistake{"先手番\n先手の持駒：なし\n", "the drawn board lacks ranks"}));

}  // namespace
}  // namespace keisei::shogi

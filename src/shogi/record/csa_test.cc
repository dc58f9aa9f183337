#include "shogi/record/csa.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shogi/record/record_builders.h"
#include "shogi/record/text_encoding.h"
#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;
using namespace std::chrono_literals;

constexpr std::string_view kShort =
    "V2.2\nN+先手\nN-後手\n$EVENT:杯\n'ファイルの注\nPI\n+\n'*開始\n+7776FU\nT12\n'*角道\n'*"
    "二行目\n"
    "-3334FU,T3\n+8822UM\n%TORYO\nT0\n";

GameRecord read(std::string_view text) {
  auto record = read_csa(text);
  if (!record) ADD_FAILURE() << record.error().message;
  return record.value();
}

std::string error_of(std::string_view text) {
  const auto record = read_csa(text, Reading::strict);
  return record ? "" : record.error().message;
}

TEST(Csa, ReadsNamesHeadingsMovesTimesCommentsAndTheEnd) {
  const GameRecord record = read(kShort);
  EXPECT_EQ(record.black, "先手");
  EXPECT_EQ(record.white, "後手");
  ASSERT_THAT(record.headings, SizeIs(1));
  EXPECT_EQ(record.headings[0].first, "event");
  EXPECT_EQ(record.comment, "開始");
  ASSERT_THAT(record.moves, SizeIs(3));
  EXPECT_EQ(to_usi(record.moves[0].move), "7g7f");
  EXPECT_EQ(record.moves[0].time, 12s);
  EXPECT_EQ(record.moves[0].comment, "角道\n二行目");
  EXPECT_EQ(record.moves[1].time, 3s);
  EXPECT_EQ(to_usi(record.moves[2].move), "8h2b+");
  EXPECT_EQ(record.moves[2].time, std::nullopt);
  EXPECT_EQ(record.end->ending, Ending::resignation);
  EXPECT_EQ(winner(record), Color::black);
}

TEST(Csa, ReadsTheSameFromShiftJis) { EXPECT_EQ(read(to_shift_jis(kShort).value()), read(kShort)); }

TEST(Csa, ReadsWindowsLineEnds) {
  std::string text(kShort);
  for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) {
    text.replace(at, 1, "\r\n");
  }
  EXPECT_EQ(read(text), read(kShort));
}

TEST(Csa, ReadsBackWhatItWrites) {
  for (std::uint64_t seed = 0; seed < 200 / testing::kSanitizerShare; ++seed) {
    const GameRecord record = testing::random_record(seed);
    EXPECT_EQ(read(write_csa(record)), record) << write_csa(record);
  }
}

TEST(Csa, ReadsBackACommentThatEndsInEmptyLines) {
  GameRecord record;
  record.comment = "開始\n\n二行目\n\n";
  EXPECT_EQ(read(write_csa(record)).comment, record.comment);
}

TEST(Csa, ReadsBackEveryLegalMoveOfRandomGames) {
  testing::visit_random_positions(71, 4'000 / testing::kSanitizerShare, [](const Game& game) {
    for (const Move move : game.legal_moves()) {
      const auto read = parse_csa_move(to_csa(game.position(), move), game.position());
      ASSERT_TRUE(read) << read.error().message;
      ASSERT_EQ(*read, move);
    }
  });
}

TEST(Csa, ReadsBackEveryPositionOfRandomGames) {
  testing::visit_random_positions(72, 4'000 / testing::kSanitizerShare, [](const Game& game) {
    GameRecord record;
    record.start = game.position();
    record.start.set_ply(0);
    ASSERT_EQ(read(write_csa(record)), record);
  });
}

TEST(Csa, ReadsABoardDrawnOutTheRemovedPiecesAndTheRestInHand) {
  EXPECT_EQ(read("PI82HI22KA\n-\n").start.sfen(),
            "lnsgkgsnl/9/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL w - 1");
  EXPECT_EQ(read("P+59OU55KI\nP-51OU\nP-00AL\n+\n").start.sfen(),
            "4k4/9/9/9/4G4/9/9/9/4K4 b 2r2b3g4s4n4l18p 1");
  EXPECT_EQ(read("P1 *  *  *  * -OU\nP9 *  *  *  * +OU *  *  *  * \nP+00FU00FU\n-\n").start.sfen(),
            "4k4/9/9/9/9/9/9/9/4K4 w 2P 1");
}

TEST(Csa, KnowsWhoseFoulEndedTheGame) {
  EXPECT_EQ(read("PI\n+\n%+ILLEGAL_ACTION\n").end->ending, Ending::foul);
  EXPECT_EQ(read("PI\n+\n%-ILLEGAL_ACTION\n").end->ending, Ending::foul_of_opponent);
  EXPECT_EQ(winner(read("PI\n+\n%-ILLEGAL_ACTION\n")), Color::black);
}

TEST(Csa, ReadsFractionsOfSeconds) {
  EXPECT_EQ(read("V3.0\nPI\n+\n+7776FU\nT1.25\n").moves[0].time, 1250ms);
}

TEST(Csa, KeepsALineBreakInANameFromBecomingALine) {
  GameRecord record;
  record.black = "x\n+7776FU";
  EXPECT_EQ(read(write_csa(record)).black, "x +7776FU");
}

struct Mistake {
  std::string_view text;
  std::string_view message;
};

class BadCsa : public ::testing::TestWithParam<Mistake> {};

TEST_P(BadCsa, IsRefusedWithLineAndCause) {
  EXPECT_THAT(error_of(GetParam().text), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, BadCsa,
    ::testing::Values(Mistake{"", "no line '+' or '-'"},
                      Mistake{"V1\n", "line 1: an unknown version"},
                      Mistake{"+\n", "line 1: no position"},
                      Mistake{"PX\n", "line 1: a position line begins"},
                      Mistake{"PI\n*\n", "line 2: expected a heading"},
                      Mistake{"PI82KA\n", "line 1: no such piece to remove from 8b"},
                      Mistake{"PI\nP+55FU\n", "line 2: more than 18 of FU"},
                      Mistake{"P+59OU58OU\n", "line 1: a second king"},
                      Mistake{"P+59OU59KI\n", "line 1: 5i is occupied"},
                      Mistake{"P+00TO\n", "line 1: kings and promoted pieces are never in hand"},
                      Mistake{"P1 *  *  *  *  *  *  *  * -XX\n", "line 1: file 1: expected"},
                      Mistake{"P+51HI59OU\nP-51OU\n+\n", "line 2: 5a is occupied"},
                      Mistake{"P+52HI59OU\nP-51OU\n+\n", "line 3: the side that is not to move"},
                      Mistake{"PI\n+\n-3334FU\n", "line 3: a move of the side that is not to move"},
                      Mistake{"PI\n+\n+7775FU\n", "line 3: the piece does not move that way"},
                      Mistake{"PI\n+\n+7776TO\n", "line 3: a piece promotes only"},
                      Mistake{"PI\n+\n+7776KI\n", "line 3: the piece on 7g is FU"},
                      Mistake{"PI\n+\n+5554FU\n", "line 3: there is no piece on 5e"},
                      Mistake{"PI\n+\n+0055TO\n", "cannot be dropped"},
                      Mistake{"PI\n+\nT1\n", "line 3: a time before the first move"},
                      Mistake{"PI\n+\n+7776FU,T1,T2\n", "line 3: a second time"},
                      Mistake{"PI\n+\n+7776FU\nTx\n", "line 4: a time is a number"},
                      Mistake{"PI\n+\n%NANI\n", "line 3: an unknown end"},
                      Mistake{"PI\n+\n%TORYO\n+7776FU\n", "line 4: more than times"},
                      Mistake{"PI\n+\n/\nPI\n+\n", "a file of 2 games"},
                      Mistake{"PI\n+\n'*\xff\xff\n", "cannot be converted"}));

TEST(TextEncoding, TellsUtf8FromShiftJis) {
  EXPECT_EQ(to_utf8("先手 ♥ 😀").value(), "先手 ♥ 😀");
  EXPECT_EQ(to_utf8(to_shift_jis("先手").value()).value(), "先手");
}

TEST(TextEncoding, DropsTheByteOrderMark) { EXPECT_EQ(to_utf8("\xEF\xBB\xBFx").value(), "x"); }
TEST(TextEncoding, DropsNoSecondByteOrderMark) {
  const std::string twice = "\xEF\xBB\xBF\xEF\xBB\xBF&\xDC";
  EXPECT_FALSE(to_utf8(twice));
  EXPECT_FALSE(decode(twice).damaged_lines.empty());
}

TEST(TextEncoding, SaysWhatShiftJisCannotHold) {
  EXPECT_THAT(to_shift_jis("a😀").error().message, HasSubstr("byte 2"));
}

}  // namespace
}  // namespace keisei::shogi

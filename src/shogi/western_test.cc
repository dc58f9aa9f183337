#include "shogi/western.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using ::testing::HasSubstr;
using testing::position;

constexpr std::string_view kStart =
    "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1";
constexpr std::string_view kBishops = "4k4/7b1/9/9/9/9/9/1B7/4K4 b N 1";
constexpr std::string_view kSilver = "4k4/9/9/2S6/9/9/9/9/4K4 b - 1";

std::string read(std::string_view sfen, std::string_view text) {
  const auto move = parse_western(text, position(sfen));
  return move ? to_usi(*move) : move.error().message;
}

TEST(WesternParser, ReadsRanksAsLettersOrNumbers) {
  EXPECT_EQ(read(kStart, "P-7f"), "7g7f");
  EXPECT_EQ(read(kStart, "P-76"), "7g7f");
  EXPECT_EQ(read(kStart, "G49-58"), "4i5h");
  EXPECT_EQ(read(kStart, "G4i-5h"), "4i5h");
  EXPECT_EQ(read(kBishops, "Bx22+"), "8h2b+");
  EXPECT_EQ(read(kBishops, "N*55"), "N*5e");
}

TEST(WesternParser, ReadsEitherCaseAndOmittedMarks) {
  EXPECT_EQ(read(kStart, "p7f"), "7g7f");
  EXPECT_EQ(read(kStart, "g4I5H"), "4i5h");
  EXPECT_EQ(read(kBishops, "n'5e"), "N*5e");
}

TEST(WesternParser, ReadsPromotionsTakenAndDeclined) {
  EXPECT_EQ(read(kSilver, "S-7c+"), "7d7c+");
  EXPECT_EQ(read(kSilver, "S-7c="), "7d7c");
  EXPECT_EQ(read("4k4/9/9/2+S6/9/9/9/9/4K4 b - 1", "+S-7c"), "7d7c");
}

TEST(WesternParser, ListsTheCandidatesOfAnAmbiguousMove) {
  EXPECT_THAT(read(kStart, "G-5h"), HasSubstr("ambiguous"));
  EXPECT_THAT(read(kStart, "G-5h"), HasSubstr("G6i-5h"));
  EXPECT_THAT(read(kStart, "G-5h"), HasSubstr("G4i-5h"));
  EXPECT_THAT(read(kSilver, "S-7c"), HasSubstr("S-7c+"));
  EXPECT_THAT(read(kSilver, "S-7c"), HasSubstr("S-7c="));
}

TEST(WesternParser, RefusesAWrongCaptureMark) {
  EXPECT_THAT(read(kStart, "Px7f"), HasSubstr("nothing to capture on 7f"));
  EXPECT_THAT(read(kBishops, "B-2b+"), HasSubstr("write Bx2b+"));
}

TEST(WesternParser, SaysWhatBreaksTheRules) {
  EXPECT_THAT(read(kStart, "P-7e"), HasSubstr("can go to 7e"));
  EXPECT_THAT(read(kStart, "R-2b"), HasSubstr("does not move that way"));
  EXPECT_THAT(read(kStart, "+R-2b"), HasSubstr("no such piece on the board"));
  EXPECT_THAT(read(kStart, "S55-54"), HasSubstr("no such piece of yours on 5e"));
  EXPECT_THAT(read(kStart, "N*5e"), HasSubstr("no such piece in hand"));
  EXPECT_THAT(read("4k4/9/9/9/9/9/2P6/9/4K4 b P 1", "P*7d"), HasSubstr("nifu"));
  EXPECT_THAT(read("4k4/9/9/9/9/2P6/9/9/4K4 b - 1", "P-7e+"), HasSubstr("promotes only"));
}

TEST(WesternParser, NamesTheCharacterItCannotRead) {
  EXPECT_THAT(read(kStart, ""), HasSubstr("character 1: expected a piece"));
  EXPECT_THAT(read(kStart, "X-7f"), HasSubstr("character 1: expected a piece"));
  EXPECT_THAT(read(kStart, "+G-7f"), HasSubstr("character 2: that piece has no promoted form"));
  EXPECT_THAT(read(kStart, "P-0f"), HasSubstr("character 3: expected a file"));
  EXPECT_THAT(read(kStart, "P-7j"), HasSubstr("character 4: expected a rank"));
  EXPECT_THAT(read(kStart, "P-7f+!"), HasSubstr("character 6: unexpected text"));
  EXPECT_THAT(read(kStart, "K*5e"), HasSubstr("a drop names an unpromoted piece"));
}

}  // namespace
}  // namespace keisei::shogi

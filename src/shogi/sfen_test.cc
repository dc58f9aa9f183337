#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using ::testing::HasSubstr;
using testing::position;

std::string error_of(std::string_view sfen) {
  const auto read = Position::from_sfen(sfen);
  return read ? "" : read.error().message;
}

TEST(Sfen, WritesTheStartPosition) {
  EXPECT_EQ(Position::startpos().sfen(),
            "lnsgkgsnl/1r5b1/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b - 1");
}

TEST(Sfen, ReadsBackEveryPositionOfRandomGames) {
  testing::visit_random_positions(21, 20'000 / testing::kSanitizerShare, [](const Game& game) {
    ASSERT_EQ(position(game.position().sfen()), game.position());
  });
}

TEST(Sfen, OrdersHandsByValue) {
  EXPECT_EQ(position("4k4/9/9/9/9/9/9/9/4K4 w 2PGBr11p3n 9").sfen(),
            "4k4/9/9/9/9/9/9/9/4K4 w BG2Pr3n11p 9");
}

TEST(Sfen, CountsMovesFromOneWhenThereIsNoNumber) {
  EXPECT_EQ(position("4k4/9/9/9/9/9/9/9/4K4 b -").ply(), 0);
  EXPECT_EQ(position("4k4/9/9/9/9/9/9/9/4K4 b - 12").ply(), 11);
}

TEST(Sfen, AllowsAMissingKing) {
  EXPECT_FALSE(position("4k4/9/9/9/9/9/9/9/9 b G 1").has_king(Color::black));
}

struct Mistake {
  std::string_view sfen;
  std::string_view message;
};

class BadSfen : public ::testing::TestWithParam<Mistake> {};

TEST_P(BadSfen, IsRefusedWithPlaceAndCause) {
  EXPECT_THAT(error_of(GetParam().sfen), HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, BadSfen,
    ::testing::Values(
        Mistake{"", "character 1: the board ends within rank 1"},
        Mistake{"4k4/9/9", "character 8: the end of a rank is missing"},
        Mistake{"4k5/9/9/9/9/9/9/9/4K4 b - 1", "character 3: 5 squares do not fit into rank 1"},
        Mistake{"4k4/81/9/9/9/9/9/9/4K4 b - 1", "character 6: two numbers in a row"},
        Mistake{"4k4/0/9/9/9/9/9/9/4K4 b - 1", "character 5: 0 squares"},
        Mistake{"4k4/9/9/9/9/9/9/9/4K41 b - 1", "character 22: expected ' '"},
        Mistake{"4x4/9/9/9/9/9/9/9/4K4 b - 1", "character 2: 'x' is no piece"},
        Mistake{"4k4/4\n4/9/9/9/9/9/9/4K4 b - 1", "'\\x0a' is no piece"},
        Mistake{"4k4/4+G4/9/9/9/9/9/9/4K4 b - 1", "character 7: 'G' cannot be promoted"},
        Mistake{"4k4/9/9/9/9/9/9/9/3KK4 b - 1", "a second king"},
        Mistake{"RRRk5/9/9/9/9/9/9/9/4K4 w - 1", "more than 2 pieces of type 'R'"},
        Mistake{"4k4/9/9/9/9/9/9/9/4K4 x - 1", "the side to move is 'b' or 'w'"},
        Mistake{"4k4/9/9/9/9/9/9/9/4K4 b", "the space before the hands is missing"},
        Mistake{"4k4/9/9/9/9/9/9/9/4K4 b ", "the hands are missing"},
        Mistake{"4k4/9/9/9/9/9/9/9/4K4 b 1P 1", "2 or more"},
        Mistake{"4k4/9/9/9/9/9/9/9/4K4 b 19P 1", "a count is larger than 18"},
        Mistake{"4k4/9/9/9/9/9/9/9/4K4 b PSP 1", "in that hand twice"},
        Mistake{"4k4/9/9/9/9/9/9/9/4K4 b K 1", "'K' is no piece for a hand"},
        Mistake{"4k4/9/9/9/9/9/9/9/4K4 b 5 1", "'\x20' is no piece for a hand"},
        Mistake{"4k4/9/9/9/9/9/9/9/4K4 b - 0", "starts with 0"},
        Mistake{"4k4/9/9/9/9/9/9/9/4K4 b - 1 ", "unexpected text"},
        Mistake{"4k4/9/9/9/9/9/9/9/4K4 b - 99999999999", "larger than"},
        Mistake{"4k4/9/4P4/4P4/9/9/9/9/4K4 b - 1", "two unpromoted pawns on file 5"},
        Mistake{"P3k4/9/9/9/9/9/9/9/4K4 b - 1", "piece on 9a could never move"},
        Mistake{"4k4/9/9/9/9/9/9/3n5/4K4 b - 1", "White's piece on 6h could never move"},
        Mistake{"4k4/4R4/9/9/9/9/9/9/4K4 b - 1", "not to move stands in check"}));

}  // namespace
}  // namespace keisei::shogi

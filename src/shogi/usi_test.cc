#include "shogi/usi.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using ::testing::HasSubstr;
using testing::position;

TEST(Usi, WritesMovesPromotionsAndDrops) {
  const Square seven_g(6, 6);
  const Square seven_f(6, 5);
  EXPECT_EQ(to_usi(Move::board(seven_g, seven_f)), "7g7f");
  EXPECT_EQ(to_usi(Move::board(seven_g, seven_f, true)), "7g7f+");
  EXPECT_EQ(to_usi(Move::drop(PieceType::bishop, seven_f)), "B*7f");
  EXPECT_EQ(to_usi(Move()), "none");
}

struct Mistake {
  std::string_view text;
  std::string_view message;
};

class BadUsi : public ::testing::TestWithParam<Mistake> {};

TEST_P(BadUsi, IsRefusedWithPlaceAndCause) {
  const auto read = parse_usi(GetParam().text, Position::startpos());
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().message, HasSubstr(GetParam().message));
}

INSTANTIATE_TEST_SUITE_P(
    Cases, BadUsi,
    ::testing::Values(Mistake{"", "expected the form"}, Mistake{"7g7", "expected the form"},
                      Mistake{"7g7f++", "expected the form"}, Mistake{"7g7f=", "expected the form"},
                      Mistake{"0g7f", "characters 1-2: a file is 1 to 9"},
                      Mistake{"7g7j", "characters 3-4: a rank is a to i"},
                      Mistake{"7g7g", "same square"}, Mistake{"K*5e", "character 1: a drop names"},
                      Mistake{"p*5e", "character 1: a drop names"},
                      Mistake{"P*5e+", "character 5: a dropped piece cannot promote"},
                      Mistake{"7g7e", "does not move that way"},
                      Mistake{"\x01 very long line of text", "\"? very long line...\""}));

}  // namespace
}  // namespace keisei::shogi

#include "views/move_view.h"

#include <gtest/gtest.h>

#include "shogi/usi.h"

namespace keisei::views {
namespace {

protocol::MoveView view(const shogi::Position& before, std::string_view usi,
                        std::optional<shogi::Square> last_to = std::nullopt) {
  return view_of(before, shogi::parse_usi(usi, before).value(), last_to);
}

TEST(MoveView, SaysWhereAMoveBeginsAndEndsOnTheBoard) {
  const auto first = view(shogi::Position::startpos(), "7g7f");
  EXPECT_EQ(first.usi, "7g7f");
  EXPECT_EQ(first.western, "P-7f");
  EXPECT_EQ(first.japanese, "▲７六歩");
  EXPECT_EQ(first.from, 6 * 9 + 2);
  EXPECT_EQ(first.to, 5 * 9 + 2);
  EXPECT_EQ(first.drop, "");
}

TEST(MoveView, NamesThePieceOfADrop) {
  const auto before = shogi::Position::from_sfen("4k4/9/9/9/9/9/9/9/4K4 w Gg 1").value();
  const auto drop = view(before, "G*5b");
  EXPECT_EQ(drop.from, -1);
  EXPECT_EQ(drop.to, 1 * 9 + 4);
  EXPECT_EQ(drop.drop, "G");
}

TEST(MoveView, CallsTheSquareOfTheMoveBeforeTheSame) {
  const auto before = shogi::Position::from_sfen("4k4/9/9/9/9/4p4/4P4/9/4K4 b - 1").value();
  const auto to = shogi::parse_square("5f").value();
  EXPECT_EQ(view(before, "5g5f", to).japanese, "▲同　歩");
}

}  // namespace
}  // namespace keisei::views

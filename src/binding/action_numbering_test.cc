#include "binding/action_numbering.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>
#include <string>

namespace keisei::binding {
namespace {

constexpr int k7g7f = 9054;

std::string usi(int action, bool turned = false, Numbering numbering = Numbering::destinations) {
  const auto move = move_of(action, numbering);
  return move ? std::string(to_usi(*move, turned).view()) : "none";
}
std::string direction_usi(int action, bool turned = false) {
  return usi(action, turned, Numbering::directions);
}

TEST(ActionNumbering, NamesActionsAsKeiseiNumberedThem) {
  EXPECT_EQ(usi(k7g7f), "7g7f");
  EXPECT_EQ(usi(0), "9a8a");  // `to` leaves out `from`
  EXPECT_EQ(usi(1), "9a8a+");
  EXPECT_EQ(usi(12959), "1i2i+");
  EXPECT_EQ(usi(12960), "P*9a");
  EXPECT_EQ(usi(13526), "R*1i");
}

TEST(ActionNumbering, TurnsTheBoardForAWhiteMover) {
  EXPECT_EQ(usi(k7g7f, true), "3c3d");
  EXPECT_EQ(usi(12960, true), "P*1i");
}

TEST(ActionNumbering, NamesEveryActionDifferently) {
  std::set<std::string> names;
  for (int action = 0; action < kActions; ++action) names.insert(usi(action));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(kActions));
}

TEST(ActionNumbering, IsKnownByTheNumberOfActions) {
  EXPECT_EQ(numbering_of(13527), Numbering::destinations);
  EXPECT_EQ(numbering_of(11259), Numbering::directions);
  EXPECT_EQ(numbering_of(0), std::nullopt);
}

// Keisei's published rule for its 11 259 actions (shogi-engine, spatial_action_mapper.rs): from
// move to action, as its environment does, while ours goes from action to move.
int published_action(int from, int to, bool promotion) {
  constexpr std::array<std::array<int, 2>, 8> kNorthFirstClockwise{
      {{-1, 0}, {-1, 1}, {0, 1}, {1, 1}, {1, 0}, {1, -1}, {0, -1}, {-1, -1}}};
  const int rows = to / 9 - from / 9;
  const int columns = to % 9 - from % 9;
  const int distance = std::max(std::abs(rows), std::abs(columns));
  for (int direction = 0; direction < 8; ++direction) {
    const auto [row, column] = kNorthFirstClockwise[static_cast<std::size_t>(direction)];
    if (rows == row * distance && columns == column * distance) {
      return from * 139 + (promotion ? 64 : 0) + direction * 8 + distance - 1;
    }
  }
  if (rows != -2 || std::abs(columns) != 1) return -1;  // no piece moves so
  return from * 139 + 128 + (columns == 1 ? 2 : 0) + (promotion ? 1 : 0);
}

std::string square(int number) {
  return {static_cast<char>('9' - number % 9), static_cast<char>('a' + number / 9)};
}

TEST(ActionNumbering, NamesTheActionsOfTheRustEnvironmentAsItsMappingDoes) {
  std::set<int> known;
  for (int from = 0; from < 81; ++from) {
    for (int to = 0; to < 81; ++to) {
      for (const bool promotion : {false, true}) {
        const int action = from == to ? -1 : published_action(from, to, promotion);
        if (action < 0) continue;
        const std::string end = promotion ? "+" : "";
        ASSERT_EQ(direction_usi(action), square(from) + square(to) + end) << action;
        ASSERT_EQ(direction_usi(action, true), square(80 - from) + square(80 - to) + end) << action;
        known.insert(action);
      }
    }
    for (int piece = 0; piece < 7; ++piece) {
      const int action = from * 139 + 132 + piece;
      const std::string name = {"PLNSGBR"[piece], '*'};
      ASSERT_EQ(direction_usi(action), name + square(from)) << action;
      ASSERT_EQ(direction_usi(action, true), name + square(80 - from)) << action;
      known.insert(action);
    }
  }
  // All others leave the board.
  for (int action = 0; action < kDirectionActions; ++action) {
    ASSERT_EQ(direction_usi(action) == "none", !known.contains(action)) << action;
  }
}

TEST(ActionNumbering, NamesTheMovesThatTheRustEnvironmentsOwnTestsName) {
  // From the middle of the board four ahead: the slot of direction 0 and distance 4.
  EXPECT_EQ(direction_usi(40 * 139 + 3), "5e5a");
  // A jump ahead and to the left, to the right; for White both mirrored.
  EXPECT_EQ(direction_usi(40 * 139 + 128), "5e6c");
  EXPECT_EQ(direction_usi(40 * 139 + 131), "5e4c+");
  EXPECT_EQ(direction_usi(22 * 139 + 128, true), "5g4i");
  // No jump leads from the first row.
  EXPECT_EQ(direction_usi(128), "none");
  EXPECT_EQ(direction_usi(130), "none");
}

}  // namespace
}  // namespace keisei::binding

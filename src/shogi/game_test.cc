#include "shogi/game.h"

#include <gtest/gtest.h>

#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using testing::play;
using testing::position;

constexpr std::string_view kRookChasesKing = "8k/9/9/9/7R1/9/9/9/K8 b - 1";
const std::initializer_list<std::string_view> kChase = {"2e1e", "1a2a", "1e2e", "2a1a"};
const std::initializer_list<std::string_view> kShuffle = {"5i5h", "5a5b", "5h5i", "5b5a"};

GameResult won(Color winner, EndReason reason) { return {winner, reason}; }
GameResult drawn(EndReason reason) { return {std::nullopt, reason}; }

TEST(Game, GoesOnAtTheStart) {
  const Game game;
  EXPECT_FALSE(game.is_over());
  EXPECT_EQ(game.ply(), 0);
  EXPECT_EQ(game.repetitions(), 1);
  EXPECT_EQ(game.legal_moves().size(), 30U);
}

TEST(Game, IsWonByCheckmate) {
  Game game(position("4k4/9/4P4/9/9/9/9/9/4K4 b G 1"));
  play(game, {"G*5b"});
  EXPECT_EQ(game.result(), won(Color::black, EndReason::checkmate));
}

TEST(Game, IsLostByWhoHasNoMoveThoughNotInCheck) {
  Game game(position("8k/9/6SG1/9/9/9/9/9/4K4 b - 1"));
  play(game, {"3c3b"});
  EXPECT_EQ(game.result(), won(Color::black, EndReason::stalemate));
}

TEST(Game, IsOverBeforeTheFirstMoveWhenTheStartIsMate) {
  const Game game(position("4k4/4G4/4P4/9/9/9/9/9/4K4 w - 1"));
  EXPECT_EQ(game.result(), won(Color::black, EndReason::checkmate));
}

TEST(Game, IsDrawnAtTheFourthOccurrenceOfAPositionAndNotBefore) {
  Game game(position("4k4/9/9/9/9/9/9/9/4K4 b 2G 1"));
  play(game, kShuffle, 2);
  EXPECT_EQ(game.repetitions(), 3);
  EXPECT_FALSE(game.is_over());
  play(game, kShuffle);
  EXPECT_EQ(game.repetitions(), 4);
  EXPECT_EQ(game.result(), drawn(EndReason::repetition));
}

TEST(Game, CountsOccurrencesOverTheWholeGame) {
  Game game(position("4k4/9/9/9/9/9/9/9/4K4 b 2G 1"));
  play(game, kShuffle);
  // Far away and back again, by a detour longer than any search window.
  play(game, {"5i6h", "5a6b", "6h7g", "6b7c", "7g8f", "7c8d", "8f9g", "8d9c", "9g8h", "9c8b",
              "8h7i", "8b7a", "7i6i", "7a6a", "6i5i", "6a5a"});
  EXPECT_EQ(game.repetitions(), 3);
  play(game, kShuffle);
  EXPECT_EQ(game.result(), drawn(EndReason::repetition));
}

TEST(Game, DoesNotTakeOtherHandsForARepetition) {
  Game game(position("4k4/9/9/9/9/9/9/9/4K4 b 2G 1"));
  play(game, {"G*5e", "5a4a", "5e5d", "4a5a", "5d5e", "5a4a"});
  EXPECT_EQ(game.repetitions(), 2);
  EXPECT_EQ(game.position().hand_count(Color::black, PieceType::gold), 1);
}

TEST(Game, IsLostByPerpetualCheckWithTheCheckingSideToMove) {
  Game game(position(kRookChasesKing));
  play(game, kChase, 2);
  EXPECT_FALSE(game.is_over());
  play(game, kChase);
  EXPECT_EQ(game.ply(), 12);
  EXPECT_EQ(game.result(), won(Color::white, EndReason::perpetual_check));
}

TEST(Game, IsLostByPerpetualCheckWithTheCheckedSideToMove) {
  Game game(position("8k/9/9/9/6R2/9/9/9/K8 b - 1"));
  play(game, {"3e1e", "1a2a", "1e2e", "2a1a"});
  play(game, {"2e1e", "1a2a", "1e2e", "2a1a"}, 2);
  EXPECT_FALSE(game.is_over());
  play(game, {"2e1e"});
  EXPECT_EQ(game.result(), won(Color::white, EndReason::perpetual_check));
}

TEST(Game, IsLostByWhiteForItsPerpetualCheck) {
  Game game(position("8k/9/9/9/1r7/9/9/9/K8 w - 1"));
  play(game, {"8e9e", "9i8i", "9e8e", "8i9i"}, 3);
  EXPECT_EQ(game.result(), won(Color::black, EndReason::perpetual_check));
}

TEST(Game, IsDrawnWhenOneMoveOfTheRepetitionGaveNoCheck) {
  Game game(position(kRookChasesKing));
  play(game, {"2e3e", "1a1b", "3e2e", "1b1a"});
  play(game, kChase, 2);
  EXPECT_EQ(game.result(), drawn(EndReason::repetition));
}

TEST(Game, JudgesAPerpetualCheckOnlyFromTheFirstOccurrence) {
  Game game(position("8k/9/9/9/6R2/9/9/9/K8 b - 1"));
  play(game, {"3e4e", "1a2a", "4e2e", "2a1a"});  // quiet, before the position first occurs
  play(game, kChase, 2);
  play(game, {"2e1e", "1a2a", "1e2e"});
  EXPECT_EQ(game.result(), won(Color::white, EndReason::perpetual_check));
}

TEST(Game, IsDrawnAtTheMostPlies) {
  Game game(Position::startpos(), Rules{.max_plies = 3});
  play(game, {"7g7f", "3c3d"});
  EXPECT_FALSE(game.is_over());
  play(game, {"2g2f"});
  EXPECT_EQ(game.result(), drawn(EndReason::max_plies));
}

TEST(Game, PrefersMateToTheMostPlies) {
  Game game(position("4k4/9/4P4/9/9/9/9/9/4K4 b G 1"), Rules{.max_plies = 1});
  play(game, {"G*5b"});
  EXPECT_EQ(game.result(), won(Color::black, EndReason::checkmate));
}

TEST(Game, CountsPliesFromItsOwnStart) {
  Game game(position("4k4/9/9/9/9/9/9/9/4K4 b 2G 100"), Rules{.max_plies = 4});
  play(game, kShuffle);
  EXPECT_EQ(game.result(), drawn(EndReason::max_plies));
}

constexpr std::string_view kMayDeclare = "+R+R+B+B1K3/GGGGSS3/9/9/9/9/9/9/8k w 2P 1";

TEST(Game, EndsByItselfWhenTheSideToMoveMayDeclare) {
  Game game(position(kMayDeclare));
  play(game, {"1i1h"});
  EXPECT_EQ(game.result(), won(Color::black, EndReason::declaration));
}

TEST(Game, WaitsForADeclarationIfToldSo) {
  Game game(position(kMayDeclare), Rules{.automatic_declaration = false});
  EXPECT_FALSE(game.declare());
  play(game, {"1i1h"});
  EXPECT_FALSE(game.is_over());
  EXPECT_TRUE(game.declare());
  EXPECT_EQ(game.result(), won(Color::black, EndReason::declaration));
}

TEST(Game, IsLostByResigning) {
  Game game;
  game.resign(Color::black);
  EXPECT_EQ(game.result(), won(Color::white, EndReason::resignation));
}

TEST(Game, IsDrawnByImpasseWhenBothHaveTwentyFour) {
  Game game;
  game.agree_to_impasse();
  EXPECT_EQ(game.result(), drawn(EndReason::impasse));
}

TEST(Game, IsLostByImpasseWithTooFewPoints) {
  Game game(position("lnsgkgsnl/9/ppppppppp/9/9/9/PPPPPPPPP/1B5R1/LNSGKGSNL b RB 1"));
  game.agree_to_impasse();
  EXPECT_EQ(game.result(), won(Color::black, EndReason::impasse));
}

}  // namespace
}  // namespace keisei::shogi

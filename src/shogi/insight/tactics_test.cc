#include "shogi/insight/tactics.h"

#include <gmock/gmock.h>

#include "shogi/insight/checks.h"
#include "shogi/insight/test_squares.h"
#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using testing::at;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::position;
using testing::squares;
using testing::visit_random_positions;

MoveTactics tactics(std::string_view sfen, std::string_view move) {
  const auto board = position(sfen);
  return tactics_of(board, parse_usi(move, board).value());
}

TEST(Forks, SeeAKnightOnTwoPieces) {
  const auto board = position("4k4/2g1g4/9/3N5/9/9/9/9/4K4 w - 1");
  EXPECT_THAT(forks(board, Color::black), ElementsAre(Fork{at("6d"), squares({"7b", "5b"})}));
}

TEST(Forks, TurnWithTheBoard) {
  const auto board = testing::rotated(position("4k4/2g1g4/9/3N5/9/9/9/9/4K4 w - 1"));
  EXPECT_THAT(forks(board, Color::white), ElementsAre(Fork{at("4f"), squares({"3h", "5h"})}));
}

TEST(Forks, CountTheKingAsATarget) {
  // Bishop on 5e: check on 2b, rook on 8b.
  const auto board = position("9/1r5k1/9/9/4B4/9/9/9/4K4 w - 1");
  EXPECT_THAT(forks(board, Color::black), ElementsAre(Fork{at("5e"), squares({"8b", "2b"})}));
}

TEST(Forks, AreNoneWhenTheForkingPieceCanBeTaken) {
  const auto board = position("4k4/2g1g4/3p5/3N5/9/9/9/9/4K4 w - 1");
  EXPECT_THAT(forks(board, Color::black), IsEmpty());
}

TEST(Forks, DoNotCountTargetsThatAreWorthLessThanTheAttacker) {
  // Two pawns, each with a gold behind it, before a rook.
  const auto board = position("4k4/5g3/5p3/3g5/3p1R3/9/9/9/4K4 w - 1");
  EXPECT_THAT(forks(board, Color::black), IsEmpty());
}

TEST(Forks, AreNoneForAPinnedPiece) {
  const auto board = position("4r4/9/2g1g4/9/3Np4/9/9/9/4K4 w - 1");
  const auto pinned = position("3r5/9/2g1g4/9/3N5/9/9/9/3K5 w - 1");
  EXPECT_THAT(forks(board, Color::black), ElementsAre(Fork{at("6e"), squares({"7c", "5c"})}));
  EXPECT_THAT(forks(pinned, Color::black), IsEmpty());
}

TEST(MoveTactics, NoticeADroppedFork) {
  const auto move = tactics("4k4/2g1g4/9/9/9/9/9/9/4K4 b N 1", "N*6d");
  EXPECT_EQ(move.forked, squares({"7b", "5b"}));
  EXPECT_EQ(move.exchange, 0);
  EXPECT_FALSE(move.is_check());
}

TEST(MoveTactics, NoticeADiscoveredCheck) {
  const auto move = tactics("4k4/9/9/4S4/9/9/4L4/9/4K4 b - 1", "5d4c");
  EXPECT_TRUE(move.discovered_check);
  EXPECT_EQ(move.checkers, squares({"5g"}));
  EXPECT_FALSE(move.is_double_check());
  EXPECT_THAT(move.discovered, ElementsAre(DiscoveredAttack{at("5g"), at("5a")}));
}

TEST(MoveTactics, NoticeADoubleCheck) {
  const auto move = tactics("4k4/9/4S4/9/9/9/4L4/9/4K4 b - 1", "5c4b");
  EXPECT_TRUE(move.is_double_check());
  EXPECT_EQ(move.checkers, squares({"4b", "5g"}));
}

TEST(MoveTactics, NoticeAnUncoveredAttackOnAPiece) {
  const auto move = tactics("4k4/7r1/9/9/9/9/2S6/1B7/4K4 b - 1", "7g6h");
  EXPECT_THAT(move.discovered, ElementsAre(DiscoveredAttack{at("8h"), at("2b")}));
  EXPECT_FALSE(move.is_check());
}

TEST(MoveTactics, DoNotCallAnAttackOnAGuardedPawnADiscovery) {
  const auto move = tactics("4k4/9/5g3/5p3/9/9/2S6/1B7/4K4 b - 1", "7g6h");
  EXPECT_THAT(move.discovered, IsEmpty());
}

TEST(MoveTactics, NameTheFreshPins) {
  const auto move = tactics("4k4/4s4/9/9/9/9/9/9/4K4 b L 1", "L*5d");
  EXPECT_THAT(move.pinned, ElementsAre(Pin{at("5b"), at("5d")}));
  const auto again = tactics("4k4/4s4/9/4L4/9/9/9/9/4K4 b P 1", "P*9e");
  EXPECT_THAT(again.pinned, IsEmpty());
}

TEST(MoveTactics, WeighASacrifice) {
  EXPECT_EQ(tactics("4k4/9/4p4/9/9/9/9/9/4K4 b R 1", "R*5d").exchange, -20);
}

TEST(CheckersAfter, AreTheAttackersOfTheKingAfterTheMove) {
  visit_random_positions(41, 20000 / testing::kSanitizerShare, [](const Game& game) {
    Position board = game.position();
    for (const Move move : game.legal_moves()) {
      const Bitboard foretold = checkers_after(board, move);
      const Undo undo = board.do_move(move);
      const Color them = board.side_to_move();
      ASSERT_EQ(foretold, board.attackers(~them, board.king_square(them)))
          << board.sfen() << " " << to_usi(move);
      board.undo_move(move, undo);
    }
  });
}

TEST(DiscoveredAttacks, ComeFromPiecesThatDidNotMove) {
  visit_random_positions(42, 3000 / testing::kSanitizerShare, [](const Game& game) {
    Position board = game.position();
    for (const Move move : game.legal_moves()) {
      for (const auto [slider, target] : discovered_attacks(board, move)) {
        ASSERT_FALSE(board.attackers(board.side_to_move(), target).contains(slider));
        const Undo undo = board.do_move(move);
        ASSERT_TRUE(board.attackers(~board.side_to_move(), target).contains(slider));
        board.undo_move(move, undo);
      }
    }
  });
}

}  // namespace
}  // namespace keisei::shogi

#include "shogi/insight/influence.h"

#include <gmock/gmock.h>

#include "shogi/attacks.h"
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

TEST(Contest, CountsBothSidesOfASquare) {
  // The rook and the silver attack the pawn on 2d; a gold and a lance behind it hold it.
  const auto board = position("4k4/7l1/6g2/7p1/6S2/9/9/7R1/4K4 b - 1");
  const Contest pawn = contest(board, Color::white, at("2d"));
  EXPECT_EQ(pawn.attackers, squares({"2h", "3e"}));
  EXPECT_EQ(pawn.defenders, squares({"2b", "3c"}));
}

TEST(Contest, DoesNotCountAPinnedDefender) {
  // The gold on 4b is pinned to the king by the rook on 4h and may not recapture on 3c.
  const auto board = position("5k3/5g3/6p2/9/9/6L2/9/5R3/K8 b - 1");
  EXPECT_TRUE(contest(board, Color::white, at("3c")).defenders.empty());
}

TEST(Contest, CountsAPinnedPieceAlongItsPin) {
  const auto board = position("5k3/5r3/9/5P3/9/9/9/5R3/K8 w - 1");
  EXPECT_EQ(contest(board, Color::black, at("4d")).attackers, squares({"4b"}));
}

TEST(Contest, CountsTheKingAgainstASingleAttacker) {
  const auto board = position("4k4/4p4/9/9/9/9/9/4R4/4K4 b - 1");
  EXPECT_EQ(contest(board, Color::white, at("5b")).defenders, squares({"5a"}));
}

TEST(Contest, DoesNotCountTheKingAgainstASupportedAttacker) {
  const auto board = position("4k4/4p4/9/9/9/9/4R4/4L4/4K4 b - 1");
  EXPECT_TRUE(contest(board, Color::white, at("5b")).defenders.empty());
}

TEST(Pins, NameThePieceAndItsPinner) {
  const auto board = position("4k4/4s4/9/2B6/4R4/9/9/9/4K4 b - 1");
  EXPECT_THAT(pins(board, Color::white), ElementsAre(Pin{at("5b"), at("5e")}));
}

TEST(Pins, NeedASingleBlocker) {
  const auto board = position("4k4/4s4/4p4/9/4R4/9/9/9/4K4 b - 1");
  EXPECT_THAT(pins(board, Color::white), IsEmpty());
}

TEST(Pins, NeedTheBlockerToBeTheKingsOwn) {
  const auto board = position("4k4/4S4/9/9/4R4/9/9/9/4K4 w - 1");
  EXPECT_THAT(pins(board, Color::white), IsEmpty());
}

/// Where pieces with a legal move to the square come from.
Bitboard origins(const MoveList& moves, Square to) {
  Bitboard from;
  for (const Move move : moves) {
    if (!move.is_drop() && move.to() == to) from |= Bitboard(move.from());
  }
  return from;
}

TEST(AbleAttackers, AreThoseWithALegalMoveThere) {
  visit_random_positions(11, 4000 / testing::kSanitizerShare, [](const Game& game) {
    const Position& board = game.position();
    if (board.in_check()) return;
    const Color us = board.side_to_move();
    (~board.pieces(us)).for_each([&](Square square) {
      ASSERT_EQ(able_attackers(board, us, square), origins(game.legal_moves(), square))
          << board.sfen() << " " << to_usi(square);
    });
  });
}

/// The position with the piece on the square replaced by an enemy gold.
Position with_enemy_gold(const Position& board, Square square, Color owner) {
  Position changed = Position::empty(owner);
  board.occupied().for_each([&](Square s) {
    changed.put(s, s == square ? make_piece(~owner, PieceType::gold) : board.piece_on(s));
  });
  return changed;
}

TEST(Contest, DefendersAreThoseWhoCouldRecaptureLegally) {
  visit_random_positions(12, 1500 / testing::kSanitizerShare, [](const Game& game) {
    const Position& board = game.position();
    for (const Color owner : {Color::black, Color::white}) {
      if (board.is_in_check(owner)) continue;
      const Bitboard king(board.king_square(owner));
      (board.pieces(owner) - king).for_each([&](Square square) {
        const Position changed = with_enemy_gold(board, square, owner);
        ASSERT_EQ(contest(board, owner, square).defenders - king,
                  origins(changed.legal_moves(), square) - king)
            << board.sfen() << " " << to_usi(square);
      });
    }
  });
}

TEST(Contest, TheKingDefendsWhatItCouldRecaptureLegally) {
  visit_random_positions(13, 6000 / testing::kSanitizerShare, [](const Game& game) {
    Position board = game.position();
    if (board.in_check()) return;
    const Color owner = ~board.side_to_move();
    const Square king = board.king_square(owner);
    (king_steps(king) & board.pieces(owner)).for_each([&](Square square) {
      bool attacked = false;
      bool recaptures = false;
      for (const Move move : game.legal_moves()) {
        if (move.is_drop() || move.to() != square) continue;
        attacked = true;
        const Undo undo = board.do_move(move);
        recaptures |= board.is_legal(Move::board(king, square));
        board.undo_move(move, undo);
      }
      ASSERT_EQ(contest(board, owner, square).defenders.contains(king), recaptures || !attacked)
          << board.sfen() << " " << to_usi(square);
    });
  });
}

TEST(Pins, AreThePiecesWhoseRemovalExposesTheKing) {
  visit_random_positions(14, 4000 / testing::kSanitizerShare, [](const Game& game) {
    const Position& board = game.position();
    const Color us = board.side_to_move();
    const Square king = board.king_square(us);
    Bitboard expected;
    (board.pieces(us) - Bitboard(king)).for_each([&](Square square) {
      Position without = Position::empty(us);
      (board.occupied() - Bitboard(square)).for_each([&](Square s) {
        without.put(s, board.piece_on(s));
      });
      if (without.attackers(~us, king) != board.attackers(~us, king)) expected |= Bitboard(square);
    });
    Bitboard found;
    for (const Pin& pin : pins(board, us)) found |= Bitboard(pin.pinned);
    ASSERT_EQ(found, expected) << board.sfen();
  });
}

TEST(AttackersThrough, EqualsThePositionsOwnAnswerOnTheFullBoard) {
  visit_random_positions(15, 1000 / testing::kSanitizerShare, [](const Game& game) {
    const Position& board = game.position();
    for (int i = 0; i < Square::kCount; ++i) {
      ASSERT_EQ(attackers_through(board, Color::white, Square(i), board.occupied()),
                board.attackers(Color::white, Square(i)));
    }
  });
}

}  // namespace
}  // namespace keisei::shogi

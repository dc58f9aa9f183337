#include "shogi/position.h"

#include <gtest/gtest.h>

#include <cstring>
#include <map>

#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using testing::position;

constexpr int kPositions = 100'000 / testing::kSanitizerShare;

Position rebuilt(const Position& original) {
  Position copy = Position::empty(original.side_to_move(), original.ply());
  for (int s = 0; s < Square::kCount; ++s) {
    const Piece piece = original.piece_on(Square(s));
    if (piece != Piece::none) copy.put(Square(s), piece);
  }
  for (const Color color : {Color::black, Color::white}) {
    for (const PieceType type : kHandTypes) {
      copy.put_in_hand(color, type, original.hand_count(color, type));
    }
  }
  return copy;
}

TEST(Position, IsRestoredBitForBitByUndoingAnyMove) {
  testing::visit_random_positions(11, kPositions, [](const Game& game) {
    Position played = game.position();
    unsigned char before[sizeof(Position)];
    std::memcpy(before, &played, sizeof played);
    for (const Move move : game.legal_moves()) {
      const Undo undo = played.do_move(move);
      played.undo_move(move, undo);
      ASSERT_EQ(std::memcmp(before, &played, sizeof played), 0)
          << game.position().sfen() << " " << to_usi(move);
    }
  });
}

TEST(Position, EqualsOneBuiltFromScratchAfterEveryMove) {
  testing::visit_random_positions(12, kPositions, [](const Game& game) {
    ASSERT_EQ(game.position(), rebuilt(game.position())) << game.position().sfen();
  });
}

TEST(Position, HasTheKeyOfItsContentsAndNoOther) {
  std::map<std::uint64_t, std::string> seen;
  testing::visit_random_positions(13, kPositions, [&](const Game& game) {
    const std::string sfen = game.position().sfen();
    const std::string contents = sfen.substr(0, sfen.rfind(' '));
    const auto [entry, fresh] = seen.emplace(game.position().key(), contents);
    ASSERT_EQ(entry->second, contents);
  });
}

TEST(Position, DiffersInKeyByTheSideToMove) {
  EXPECT_NE(position("4k4/9/9/9/9/9/9/9/4K4 b - 1").key(),
            position("4k4/9/9/9/9/9/9/9/4K4 w - 1").key());
}

TEST(Position, DiffersInKeyByWhoHoldsAPiece) {
  EXPECT_NE(position("4k4/9/9/9/9/9/9/9/4K4 b P 1").key(),
            position("4k4/9/9/9/9/9/9/9/4K4 b p 1").key());
}

TEST(Position, IsTheSameAsAnotherWhateverThePly) {
  const Position early = position("4k4/9/9/9/9/9/9/9/4K4 b P 1");
  const Position late = position("4k4/9/9/9/9/9/9/9/4K4 b P 99");
  EXPECT_TRUE(early.same_as(late));
  EXPECT_NE(early, late);
}

TEST(Position, HandsACapturedPieceOverUnpromoted) {
  const Position taken = testing::after(position("4k4/9/9/9/4+r4/4P4/9/9/4K4 b - 1"), {"5f5e"});
  EXPECT_EQ(taken.hand_count(Color::black, PieceType::rook), 1);
  EXPECT_EQ(taken.piece_on(Square(4, 4)), make_piece(Color::black, PieceType::pawn));
}

TEST(Position, SeesACheckFromEveryKindOfPiece) {
  for (const std::string_view checking :
       {"4k4/4P4/9/9/9/9/9/9/4K4 w - 1", "4k4/9/9/4L4/9/9/9/9/4K4 w - 1",
        "4k4/9/3N5/9/9/9/9/9/4K4 w - 1", "4k4/3S5/9/9/9/9/9/9/4K4 w - 1",
        "4k4/4G4/9/9/9/9/9/9/4K4 w - 1", "4k4/9/2B6/9/9/9/9/9/4K4 w - 1",
        "R3k4/9/9/9/9/9/9/9/4K4 w - 1", "4k4/4+B4/9/9/9/9/9/9/4K4 w - 1",
        "4k4/3+R5/9/9/9/9/9/9/4K4 w - 1", "3+Pk4/9/9/9/9/9/9/9/4K4 w - 1"}) {
    EXPECT_TRUE(position(checking).in_check()) << checking;
  }
}

TEST(Position, SeesNoCheckThroughAnotherPiece) {
  EXPECT_FALSE(position("4k4/4p4/9/4L4/9/9/9/9/4K4 w - 1").in_check());
}

TEST(Position, NamesTheAttackersOfASquare) {
  const Position battle = position("4k4/9/4p4/9/3S1N3/9/4L4/9/4K4 b - 1");
  const Bitboard expected = Bitboard(Square(3, 4)) | Bitboard(Square(4, 6));
  EXPECT_EQ(battle.attackers(Color::black, Square(4, 2)), expected);
}

}  // namespace
}  // namespace keisei::shogi

#include "shogi/insight/exchange.h"

#include <gmock/gmock.h>

#include <algorithm>

#include "shogi/insight/material.h"
#include "shogi/insight/test_squares.h"
#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using testing::after;
using testing::at;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::position;
using testing::visit_random_positions;

Move usi(const Position& board, std::string_view text) { return parse_usi(text, board).value(); }

TEST(Material, IsEvenAtTheStart) {
  EXPECT_EQ(material_balance(Position::startpos(), Color::black), 0);
}

TEST(Material, CountsBoardAndHandApart) {
  const auto board = position("4k4/9/9/9/4+P4/9/9/9/4K4 b G2P 1");
  EXPECT_EQ(material(board, Color::black), (Material{7, 8}));
  EXPECT_EQ(material_balance(board, Color::white), -15);
}

TEST(Material, SwingsByWhatTheOwnerLosesAndTheCaptorHolds) {
  visit_random_positions(21, 3000, [](const Game& game) {
    const Position& board = game.position();
    const Color us = board.side_to_move();
    for (const Move move : game.legal_moves()) {
      if (move.is_drop() || move.is_promotion()) continue;
      const Piece captured = board.piece_on(move.to());
      if (captured == Piece::none) continue;
      Position next = board;
      next.do_move(move);
      ASSERT_EQ(material_balance(next, us) - material_balance(board, us),
                capture_swing(type_of(captured)));
    }
  });
}

TEST(CaptureGain, IsThePieceWhenNothingRecaptures) {
  const auto board = position("4k4/9/9/7s1/9/9/9/7R1/4K4 b - 1");
  EXPECT_EQ(capture_gain(board, at("2d")), 10);
}

TEST(CaptureGain, IsNothingWhenTheRecaptureCostsMore) {
  const auto board = position("4k4/9/7p1/7s1/9/9/9/7R1/4K4 b - 1");
  EXPECT_EQ(capture_gain(board, at("2d")), 0);
}

TEST(CaptureGain, CountsThePieceBehindTheFirst) {
  // Lance takes silver, pawn takes lance, rook takes pawn.
  const auto board = position("4k4/9/7p1/7s1/9/9/7L1/7R1/4K4 b - 1");
  EXPECT_EQ(capture_gain(board, at("2d")), 10 - 6 + 2);
}

TEST(CaptureGain, IgnoresADefenderPinnedToItsKing) {
  const auto board = position("5k3/5g3/6s2/9/9/6L2/9/5R3/K8 b - 1");
  // The lance takes the silver and promotes; the gold may not leave the rook's file.
  EXPECT_EQ(capture_gain(board, at("3c")), 10 + 3);
}

TEST(CaptureGain, LetsAKingTakeWhatIsUnguarded) {
  const auto board = position("9/4k4/4+R4/9/9/9/9/9/4K4 w - 1");
  EXPECT_EQ(capture_gain(board, at("5c")), 22);
}

TEST(CaptureGain, KeepsAKingFromTakingWhatIsGuarded) {
  const auto board = position("9/4k4/4+R4/9/4L4/9/9/9/4K4 w - 1");
  EXPECT_EQ(capture_gain(board, at("5c")), 0);
}

TEST(CaptureGain, OfAKingIsNothing) {
  const auto board = position("4k4/4R4/9/9/9/9/9/9/4K4 w - 1");
  EXPECT_EQ(capture_gain(board, at("5i")), 0);
}

TEST(ExchangeValue, IsNegativeForADroppedPieceThatIsLost) {
  const auto board = position("4k4/9/4p4/9/9/9/9/9/4K4 b S 1");
  EXPECT_EQ(exchange_value(board, usi(board, "S*5d")), -10);
}

TEST(ExchangeValue, CountsAPromotionThatStays) {
  const auto board = position("4k4/9/9/1P7/9/9/9/9/4K4 b - 1");
  EXPECT_EQ(exchange_value(board, usi(board, "8d8c+")), 6);
}

TEST(ExchangeValue, OfBishopForBishopIsEven) {
  const auto board = after(Position::startpos(), {"7g7f", "3c3d"});
  EXPECT_EQ(exchange_value(board, usi(board, "8h2b+")), 0);
}

TEST(CaptureValue, IsNoneForAPieceThatMayNotMove) {
  const auto board = position("4k4/9/9/4r4/9/9/9/4G2p1/4K4 b - 1");
  EXPECT_EQ(capture_value(board, at("5h"), at("2h")), std::nullopt);
  const auto pinned = position("4k4/9/9/4r4/9/9/9/3pG4/4K4 b - 1");
  EXPECT_EQ(capture_value(pinned, at("5h"), at("6h")), std::nullopt);
}

TEST(HangingPieces, AreListedWithTheCostliestFirst) {
  const auto board = position("4k4/9/9/2p4p1/9/9/9/2R4L1/4K4 b - 1");
  const auto turned = position("4k4/9/9/2p4s1/9/9/9/2R4L1/4K4 b - 1");
  EXPECT_THAT(hanging_pieces(board, Color::white),
              ElementsAre(HangingPiece{at("2d"), 2}, HangingPiece{at("7d"), 2}));
  EXPECT_THAT(hanging_pieces(turned, Color::white),
              ElementsAre(HangingPiece{at("2d"), 10}, HangingPiece{at("7d"), 2}));
}

TEST(HangingPieces, AreNoneAtTheStart) {
  EXPECT_THAT(hanging_pieces(Position::startpos(), Color::black), IsEmpty());
  EXPECT_THAT(hanging_pieces(Position::startpos(), Color::white), IsEmpty());
}

TEST(HangingPieces, AreSeenForTheSideToMoveToo) {
  const auto board = position("4k4/9/9/9/9/2r6/9/2B6/4K4 b - 1");
  EXPECT_THAT(hanging_pieces(board, Color::black), ElementsAre(HangingPiece{at("7h"), 16 + 2}));
}

/// The exchange by its definition: all legal moves to the square, pointless non-promotions
/// included, no cut-offs, and the material counted afresh.
int slow_gain(Position& board, Square square) {
  const Color us = board.side_to_move();
  const int before = material_balance(board, us);
  int best = 0;
  for (const Move move : board.legal_moves()) {
    if (move.is_drop() || move.to() != square) continue;
    const Undo undo = board.do_move(move);
    best = std::max(best, material_balance(board, us) - before - slow_gain(board, square));
    board.undo_move(move, undo);
  }
  return best;
}

TEST(CaptureGain, EqualsAllLegalCaptureSequences) {
  visit_random_positions(22, 4000 / testing::kSanitizerShare, [](const Game& game) {
    Position board = game.position();
    board.pieces(~board.side_to_move()).for_each([&](Square square) {
      if (type_of(board.piece_on(square)) == PieceType::king) return;
      ASSERT_EQ(capture_gain(board, square), slow_gain(board, square))
          << board.sfen() << " " << to_usi(square);
    });
  });
}

}  // namespace
}  // namespace keisei::shogi

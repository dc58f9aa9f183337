#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "shogi/legality.h"
#include "shogi/reference_rules.h"
#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using ::testing::HasSubstr;
using testing::position;
using ::testing::UnorderedElementsAre;

std::vector<std::string> moves_of(std::string_view sfen) {
  std::vector<std::string> moves;
  for (const Move move : position(sfen).legal_moves()) moves.push_back(to_usi(move));
  return moves;
}

bool allows(std::string_view sfen, std::string_view move) {
  return parse_usi(move, position(sfen)).has_value();
}

class RandomGames : public ::testing::TestWithParam<int> {};

TEST_P(RandomGames, HaveExactlyTheMovesOfTheSlowDefinition) {
  testing::visit_random_positions(
      static_cast<std::uint64_t>(GetParam()), 12500 / testing::kSanitizerShare,
      [](const Game& game) {
        std::set<std::string> moves;
        for (const Move move : game.legal_moves()) moves.insert(to_usi(move));
        ASSERT_EQ(moves.size(), game.legal_moves().size()) << game.position().sfen();
        ASSERT_EQ(moves.size(), game.position().count_legal_moves()) << game.position().sfen();
        ASSERT_EQ(moves, testing::reference_moves(game.position().sfen()))
            << game.position().sfen();
      });
}

INSTANTIATE_TEST_SUITE_P(Seeds, RandomGames, ::testing::Range(1, 9));

TEST(LegalMoves, NumberThirtyAtTheStart) {
  EXPECT_EQ(Position::startpos().legal_moves().size(), 30U);
}

TEST(LegalMoves, NumberFiveHundredAndNinetyThreeInTheRichestPosition) {
  EXPECT_EQ(position("R8/2K1S1SSk/4B4/9/9/9/9/9/1L1L1L3 b RBGSNLP3g3n17p 1").legal_moves().size(),
            MoveList::kMostLegalMoves);
}

TEST(LegalMoves, IncludePointlessNonPromotions) {
  EXPECT_TRUE(allows("4k4/9/9/6R2/9/9/9/9/4K4 b - 1", "3d3b"));
  EXPECT_TRUE(allows("4k4/9/9/6R2/9/9/9/9/4K4 b - 1", "3d3b+"));
}

TEST(LegalMoves, PromoteWhatCouldNeverMoveAgain) {
  EXPECT_FALSE(allows("4k4/2P6/9/9/9/9/9/9/4K4 b - 1", "7b7a"));
  EXPECT_TRUE(allows("4k4/2P6/9/9/9/9/9/9/4K4 b - 1", "7b7a+"));
  EXPECT_FALSE(allows("4k4/9/9/2N6/9/9/9/9/4K4 b - 1", "7d6b"));
  EXPECT_TRUE(allows("4k4/9/2L6/9/9/9/9/9/4K4 b - 1", "7c7b"));
}

TEST(LegalMoves, RefuseASecondPawnOnAFile) {
  EXPECT_FALSE(allows("4k4/9/9/9/9/9/2P6/9/4K4 b P 1", "P*7d"));
  EXPECT_TRUE(allows("4k4/9/9/9/9/9/2+P6/9/4K4 b P 1", "P*7d"));
  EXPECT_TRUE(allows("4k4/9/9/9/9/9/2p6/9/4K4 b P 1", "P*7d"));
}

TEST(LegalMoves, LeaveTheNextFileOpenWhereADiagramHasTwoPawnsOnOne) {
  const Position drawn =
      Position::from_sfen("4k4/9/9/9/9/9/4P4/9/3KP4 b P 1", TwoPawns::allowed).value();
  EXPECT_FALSE(drawn.is_legal(Move::drop(PieceType::pawn, Square(4, 4))));
  EXPECT_TRUE(drawn.is_legal(Move::drop(PieceType::pawn, Square(3, 4))));
  EXPECT_TRUE(drawn.is_legal(Move::drop(PieceType::pawn, Square(5, 4))));
}

TEST(LegalMoves, RefuseAPawnDropThatMates) {
  EXPECT_FALSE(allows("8k/6S2/7G1/9/9/9/9/9/4K4 b P 1", "P*1b"));
}

TEST(LegalMoves, AllowAPawnDropThatGivesCheckWithAWayOut) {
  EXPECT_TRUE(allows("8k/9/7G1/9/9/9/9/9/4K4 b P 1", "P*1b"));
}

TEST(LegalMoves, AllowAPawnDropMateThatAPieceCanTake) {
  EXPECT_TRUE(allows("7gk/6S2/7G1/9/9/9/9/9/4K4 b P 1", "P*1b"));
}

TEST(LegalMoves, AllowMateByAPawnFromTheBoard) {
  EXPECT_TRUE(allows("8k/6S2/7GP/9/9/9/9/9/4K4 b - 1", "1c1b"));
}

TEST(LegalMoves, KeepAPinnedPieceOnItsLine) {
  const std::string_view pinned = "4r4/9/9/9/4G4/9/9/9/4K3k b - 1";
  EXPECT_TRUE(allows(pinned, "5e5d"));
  EXPECT_TRUE(allows(pinned, "5e5f"));
  EXPECT_FALSE(allows(pinned, "5e4d"));
}

TEST(LegalMoves, OnlyMoveTheKingInDoubleCheck) {
  for (const auto& move : moves_of("4r3k/9/9/9/9/9/3n5/9/R3K4 b G 1")) {
    EXPECT_EQ(move.substr(0, 2), "5i") << move;
  }
}

TEST(LegalMoves, BlockTakeOrEvadeASingleCheck) {
  EXPECT_THAT(
      moves_of("4r3k/9/9/9/9/9/9/3P1P3/3GKG3 b L 1"),
      UnorderedElementsAre("L*5h", "L*5g", "L*5f", "L*5e", "L*5d", "L*5c", "L*5b", "6i5h", "4i5h"));
}

TEST(LegalMoves, OfAKingDoNotHideBehindItselfFromALine) {
  EXPECT_FALSE(allows("k3r4/9/9/9/4K4/9/9/9/9 b - 1", "5e5f"));
}

/// Every move that the board and the hands could name, drops of what is not in hand too.
std::vector<Move> nameable_moves() {
  std::vector<Move> moves;
  for (int to = 0; to < Square::kCount; ++to) {
    for (const PieceType type : kHandTypes) moves.push_back(Move::drop(type, Square(to)));
    for (int from = 0; from < Square::kCount; ++from) {
      moves.push_back(Move::board(Square(from), Square(to)));
      moves.push_back(Move::board(Square(from), Square(to), true));
    }
  }
  return moves;
}

void expect_legality_as_generated(const Position& position, const std::vector<Move>& nameable) {
  const MoveList legal = position.legal_moves();
  for (const Move move : nameable) {
    ASSERT_EQ(check_legality(position, move).has_value(), legal.contains(move))
        << position.sfen() << ' ' << to_usi(move);
  }
}

TEST(Legality, IsThatOfTheGeneratedMoves) {
  const auto nameable = nameable_moves();
  testing::visit_random_positions(61, 400 / testing::kSanitizerShare, [&](const Game& game) {
    expect_legality_as_generated(game.position(), nameable);
  });
  for (const std::string_view sfen :
       {"8k/6S2/7G1/9/9/9/9/9/4K4 b P 1", "8k/9/7G1/9/9/9/9/9/4K4 b P 1",
        "7gk/6S2/7G1/9/9/9/9/9/4K4 b P 1", "4k4/9/9/9/9/1g7/2G6/9/K8 w p 1",
        "4r3k/9/9/9/9/9/3n5/9/R3K4 b G 1", "4r3k/9/9/9/4G4/9/9/9/4K4 b - 1",
        "8k/6S2/7GP/9/9/9/9/9/9 b P 1"}) {
    expect_legality_as_generated(position(sfen), nameable);
  }
}

TEST(Legality, NamesTheRuleThatAMoveBreaks) {
  const auto why = [](std::string_view sfen, std::string_view move) {
    return parse_usi(move, position(sfen)).error().message;
  };
  EXPECT_THAT(why("4k4/9/9/9/9/9/2P6/9/4K4 b P 1", "P*7d"), HasSubstr("nifu"));
  EXPECT_THAT(why("8k/6S2/7G1/9/9/9/9/9/4K4 b P 1", "P*1b"), HasSubstr("mate"));
  EXPECT_THAT(why("4k4/9/9/9/9/9/9/9/4K4 b P 1", "P*5a"), HasSubstr("occupied"));
  EXPECT_THAT(why("4k4/9/9/9/9/9/9/9/4K4 b P 1", "P*4a"), HasSubstr("never move"));
  EXPECT_THAT(why("4k4/9/9/9/9/9/9/9/4K4 b P 1", "G*4d"), HasSubstr("in hand"));
  EXPECT_THAT(why("4k4/9/9/9/9/9/9/9/4K4 b - 1", "4i4h"), HasSubstr("no piece on 4i"));
  EXPECT_THAT(why("4k4/9/9/9/9/9/9/9/4K4 b - 1", "5a5b"), HasSubstr("opponent's"));
  EXPECT_THAT(why("4k4/9/9/9/9/9/9/9/4K4 b - 1", "5i5g"), HasSubstr("does not move that way"));
  EXPECT_THAT(why("4k4/9/9/9/9/9/9/4G4/4K4 b - 1", "5h5g+"), HasSubstr("cannot promote"));
  EXPECT_THAT(why("4k4/9/9/9/9/9/9/4S4/4K4 b - 1", "5h5g+"), HasSubstr("promotes only"));
  EXPECT_THAT(why("4k4/9/9/9/9/9/9/4S4/4K4 b - 1", "5i5h"), HasSubstr("same side"));
  EXPECT_THAT(why("4r3k/9/9/9/9/9/9/4G4/4K4 b - 1", "5h4h"), HasSubstr("would be in check"));
  EXPECT_THAT(why("4r3k/9/9/9/9/9/9/9/4K4 b G 1", "G*4h"), HasSubstr("stands in check"));
}

}  // namespace
}  // namespace keisei::shogi

#include "shogi/insight/long_mate.h"

#include <gtest/gtest.h>

#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using testing::position;
using Verdict = MateSearch::Verdict;

LongMateSearch search(const Position& board, int max_plies = 31) {
  return find_long_mate(board, max_plies, [] { return false; });
}

/// Gives up after that many questions.
auto patience(int questions) {
  return [questions]() mutable { return questions-- <= 0; };
}

TEST(LongMate, ProvesThatThereIsNoneWithoutChecks) {
  EXPECT_EQ(search(Position::startpos()).verdict, Verdict::no_mate);
}

TEST(LongMate, ProvesThatThereIsNoneWhenTheChecksRunOut) {
  // Both checks with the gold are answered by taking it.
  EXPECT_EQ(search(position("3sk4/9/4P4/9/9/9/9/9/4K4 b G 1")).verdict, Verdict::no_mate);
}

constexpr std::string_view kRookChasesKing = "8k/9/9/9/7R1/9/9/9/K8 b - 1";

TEST(LongMate, IsUndecidedBeyondItsLastPly) {
  const auto result = search(position(kRookChasesKing), 5);
  EXPECT_EQ(result.verdict, Verdict::gave_up);
  EXPECT_EQ(result.plies_searched, 5);
}

TEST(LongMate, ProvesThatAKingEscapesByWalkingUpToARook) {
  EXPECT_EQ(search(position(kRookChasesKing)).verdict, Verdict::no_mate);
}

TEST(LongMate, GivesUpWhenItIsTold) {
  const auto board = position("4k4/9/9/9/9/9/9/9/4K4 b RB2G2S2N2L9Prb2g2s2n2l9p 1");
  const auto result = find_long_mate(board, 31, patience(20));
  EXPECT_EQ(result.verdict, Verdict::gave_up);
  EXPECT_LE(result.nodes, 20U * 1024);
}

TEST(LongMate, MatesInSeven) {
  // A ladder of golds: the king runs along the edge and is mated in the corner.
  const auto board = position("4k4/9/4G4/9/9/9/9/9/9 b 2G 1");
  const auto result = search(board);
  ASSERT_EQ(result.verdict, Verdict::mate);
  Position end = board;
  for (const Move move : result.line) {
    ASSERT_TRUE(end.is_legal(move));
    end.do_move(move);
  }
  EXPECT_TRUE(end.in_check() && end.legal_moves().empty());
}

TEST(LongMate, AgreesWithTheShortSearch) {
  int mates = 0;
  testing::visit_random_positions(91, 3000 / testing::kSanitizerShare, [&](const Game& game) {
    const MateSearch expected = find_mate(game.position(), 3);
    const LongMateSearch found = search(game.position(), 3);
    ASSERT_EQ(found.verdict == Verdict::mate, expected.found()) << game.position().sfen();
    ASSERT_EQ(found.line.size(), expected.line.size());
    if (found.verdict == Verdict::no_mate) {
      ASSERT_FALSE(find_mate(game.position(), 5, 20'000).found()) << game.position().sfen();
    }
    mates += expected.found() ? 1 : 0;
  });
  EXPECT_GT(mates, 0);
}

}  // namespace
}  // namespace keisei::shogi

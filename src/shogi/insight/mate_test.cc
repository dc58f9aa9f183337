#include "shogi/insight/mate.h"

#include <gtest/gtest.h>

#include "shogi/insight/test_squares.h"
#include "shogi/test_builders.h"

namespace keisei::shogi {
namespace {

using testing::position;
using testing::visit_random_positions;
using Verdict = MateSearch::Verdict;

std::string usi(const MateLine& line) {
  std::string text;
  for (const Move move : line) text += (text.empty() ? "" : " ") + to_usi(move);
  return text;
}

std::string mate_line(std::string_view sfen, int plies) {
  return usi(find_mate(position(sfen), plies).line);
}

TEST(MateInOne, FindsTheGoldOnTheKingsHead) {
  EXPECT_EQ(mate_line("4k4/9/4P4/9/9/9/9/9/4K4 b G 1", 1), "G*5b");
}

TEST(MateInOne, FindsItForWhiteToo) {
  const auto board = testing::rotated(position("4k4/9/4P4/9/9/9/9/9/4K4 b G 1"));
  EXPECT_EQ(usi(find_mate(board, 1).line), "G*5h");
}

TEST(MateInOne, IsNotAPawnDrop) {
  EXPECT_EQ(mate_in_one(position("7lk/9/7G1/9/9/9/9/9/K8 b P 1")), std::nullopt);
}

TEST(MateInOne, IsALanceDropWhereAPawnDropIsNot) {
  EXPECT_EQ(mate_line("7lk/9/7G1/9/9/9/9/9/K8 b LP 1", 1), "L*1b");
}

TEST(MateInOne, IsAPawnMoveWhereAPawnDropIsNot) {
  EXPECT_EQ(mate_line("6Glk/9/7GP/9/9/9/9/9/K8 b - 1", 1), "1c1b+");
}

TEST(MateInOne, IsADistantRookWhenNothingCanInterpose) {
  EXPECT_TRUE(mate_in_one(position("8k/7pp/9/9/9/9/9/9/K8 b R 1")).has_value());
}

TEST(MateInOne, IsRefutedByADropInBetween) {
  EXPECT_EQ(mate_in_one(position("8k/7pp/9/9/9/9/9/9/K8 b Rg 1")), std::nullopt);
}

TEST(MateInOne, IsRefutedByACaptureOfTheChecker) {
  EXPECT_EQ(mate_in_one(position("3sk4/9/4P4/9/9/9/9/9/4K4 b G 1")), std::nullopt);
}

TEST(MateInOne, StandsWhenTheCapturingPieceIsPinned) {
  // The gold on 4a would take on 5b, but the rook on 1a holds it.
  EXPECT_EQ(mate_line("4kg2R/9/4P4/9/9/9/9/9/4K4 b G 1", 1), "G*5b");
}

TEST(MateInOne, MayAnswerTheAttackersOwnCheck) {
  // Black is in check from the rook; only taking it with check would do, and nothing can.
  EXPECT_EQ(mate_in_one(position("4k4/9/4P4/9/9/9/9/r8/K8 b G 1")), std::nullopt);
  EXPECT_EQ(mate_line("k8/9/P8/9/9/9/9/4r4/4K4 b G 1", 1), "");
  EXPECT_EQ(mate_line("4k4/9/4P4/9/4r4/9/9/9/4K4 b - 1", 1), "");
}

TEST(FindMate, SaysNoWhereThereAreNoChecks) {
  const MateSearch search = find_mate(Position::startpos(), 3);
  EXPECT_EQ(search.verdict, Verdict::no_mate);
  EXPECT_EQ(search.nodes, 0U);
}

TEST(FindMate, GivesUpAtItsLimit) {
  const auto board = position("4k4/9/9/9/9/9/9/9/4K4 b RB2G2S2N2L9Prb2g2s2n2l9p 1");
  EXPECT_EQ(find_mate(board, 5, 100).verdict, Verdict::gave_up);
  EXPECT_LE(find_mate(board, 5, 100).nodes, 100U);
}

TEST(FindMate, NeedsAKingToMate) {
  EXPECT_EQ(find_mate(position("9/9/9/9/9/9/9/9/K8 b R2G 1"), 3).verdict, Verdict::no_mate);
}

TEST(FindMateThreat, SeesTheGoldThatComesNext) {
  const auto board = position("4k4/9/4P4/9/9/9/9/9/4K4 w G 1");
  EXPECT_EQ(usi(find_mate_threat(board, 1).line), "G*5b");
}

TEST(FindMateThreat, IsNoneFromThePlayerToMove) {
  const auto board = position("4k4/9/4P4/9/9/9/9/9/4K4 b G 1");
  EXPECT_FALSE(find_mate_threat(board, 3).found());
}

TEST(FindMateThreat, IsNoneInCheck) {
  const auto board = position("4k4/4G4/4P4/9/9/9/9/9/4K4 w G 1");
  EXPECT_EQ(find_mate_threat(board, 1).verdict, Verdict::no_mate);
}

/// Mate by its definition: every legal move is tried, check or not, and looked at afterwards.
bool slow_mate(Position& board, int plies);

bool slow_defence_fails(Position& board, int plies) {
  if (!board.in_check()) return false;
  const MoveList moves = board.legal_moves();
  if (moves.empty()) return true;
  if (plies == 0) return false;
  for (const Move move : moves) {
    const Undo undo = board.do_move(move);
    const bool mated = slow_mate(board, plies - 1);
    board.undo_move(move, undo);
    if (!mated) return false;
  }
  return true;
}

bool slow_mate(Position& board, int plies) {
  for (const Move move : board.legal_moves()) {
    const Undo undo = board.do_move(move);
    const bool mates = slow_defence_fails(board, plies - 1);
    board.undo_move(move, undo);
    if (mates) return true;
  }
  return false;
}

/// The first `plies` of the line are legal, and the last position is mate.
void expect_line_to_mate(Position board, const MateLine& line) {
  for (const Move move : line) {
    ASSERT_TRUE(board.is_legal(move)) << board.sfen() << " " << to_usi(move);
    board.do_move(move);
  }
  EXPECT_TRUE(board.in_check() && board.legal_moves().empty()) << board.sfen();
}

TEST(FindMate, AgreesWithTryingEveryMoveForMatesInOne) {
  int mates = 0;
  visit_random_positions(51, 60000 / testing::kSanitizerShare, [&](const Game& game) {
    Position board = game.position();
    const MateSearch search = find_mate(board, 1);
    ASSERT_EQ(search.found(), slow_mate(board, 1)) << board.sfen();
    if (!search.found()) return;
    ++mates;
    ASSERT_EQ(search.line.size(), 1U);
    expect_line_to_mate(board, search.line);
  });
  EXPECT_GT(mates, 10);
}

TEST(FindMate, AgreesWithTryingEveryMoveForMatesInThree) {
  int mates = 0;
  visit_random_positions(52, 6000 / testing::kSanitizerShare, [&](const Game& game) {
    Position board = game.position();
    const MateSearch search = find_mate(board, 3);
    ASSERT_NE(search.verdict, Verdict::gave_up) << board.sfen();
    ASSERT_EQ(search.found(), slow_mate(board, 3)) << board.sfen();
    if (!search.found()) return;
    mates += search.line.size() == 3 ? 1 : 0;
    expect_line_to_mate(board, search.line);
  });
  EXPECT_GT(mates, 0);
}

struct Problem {
  std::string_view sfen;
  std::string_view key;  // the only first move that mates in three
};

class MateInThree : public ::testing::TestWithParam<Problem> {};

TEST_P(MateInThree, HasTheOneKeyAndALineToMate) {
  Position board = position(GetParam().sfen);
  ASSERT_FALSE(slow_mate(board, 1));
  const MateSearch search = find_mate(board, 3);
  ASSERT_EQ(search.line.size(), 3U);
  EXPECT_EQ(to_usi(search.line.front()), GetParam().key);
  expect_line_to_mate(board, search.line);
  for (const Move move : board.legal_moves()) {
    const Undo undo = board.do_move(move);
    EXPECT_EQ(slow_defence_fails(board, 2), move == search.line.front()) << to_usi(move);
    board.undo_move(move, undo);
  }
}

TEST_P(MateInThree, IsTheSameForWhite) {
  const auto turned = testing::rotated(position(GetParam().sfen));
  EXPECT_FALSE(find_mate(turned, 1).found());
  EXPECT_EQ(find_mate(turned, 3).line.size(), 3U);
}

// The defender holds every piece that is not on the board or in the attacker's hand, so that each
// gap can be closed by a drop.
INSTANTIATE_TEST_SUITE_P(
    Problems, MateInThree,
    ::testing::Values(Problem{"6sp1/8k/7P1/6+B2/9/9/9/9/9 b 2Rb4g3s4n4l16p 1", "2c2b+"},
                      Problem{"6k1S/6lp1/9/6N2/9/9/9/9/9 b SP2r2b4g2s3n3l16p 1", "S*4b"},
                      Problem{"6kg1/6ll1/9/9/4R4/9/9/9/9 b Sr2b3g3s4n2l18p 1", "5e5a+"},
                      Problem{"8k/5P3/6g1s/9/8R/9/9/9/9 b GSr2b2g2s4n4l17p 1", "1e1c+"},
                      Problem{"6g1k/9/6g2/6BG1/9/9/9/9/9 b Rrbg4s4n4l18p 1", "R*1c"},
                      Problem{"8k/6n2/4R4/9/4+R4/9/9/9/9 b BSb4g3s3n4l18p 1", "5c1c+"},
                      Problem{"4R1g1k/4R1s1l/9/9/9/9/9/9/9 b GL2b2g3s4n2l18p 1", "5a3a+"},
                      Problem{"6ln1/6l1k/6S2/8N/9/9/9/9/9 b GS2r2b3g2s2n2l18p 1", "1d2b+"}));

TEST(FindMate, IsRefutedByADropInBetweenInThreeToo) {
  EXPECT_EQ(find_mate(position("8k/7pp/9/9/9/9/9/9/K8 b Rg 1"), 3).verdict, Verdict::no_mate);
}

TEST(FindMate, DoesNotDrawOutAShorterMate) {
  const auto line = find_mate(position("8k/5P3/6g1s/9/8R/9/9/9/9 b GSr2b2g2s4n4l17p 1"), 5).line;
  EXPECT_EQ(line.size(), 3U);
}

}  // namespace
}  // namespace keisei::shogi

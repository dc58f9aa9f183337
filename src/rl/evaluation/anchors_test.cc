#include "rl/evaluation/anchors.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <set>
#include <string>

#include "shogi/insight/material.h"
#include "shogi/usi.h"

namespace keisei::rl {
namespace {

using shogi::Position;
using ::testing::UnorderedElementsAre;

// All that it may choose, by asking it often.
std::set<std::string> choices(Anchor anchor, const std::string& sfen) {
  const Position position = Position::from_sfen(sfen).value();
  const shogi::MoveList legal = position.legal_moves();
  std::set<std::string> chosen;
  Random random(5);
  for (int i = 0; i < 400; ++i) {
    chosen.insert(shogi::to_usi(choose(anchor, position, legal, random)));
  }
  return chosen;
}

// Black's rook on 5e can take the silver on 5c or the gold on 2e; a pawn can take a pawn.
constexpr const char* kTwoCaptures = "4k4/9/4s4/p8/P3R2g1/9/9/9/4K4 b - 1";

TEST(CaptureGreedy, TakesThePieceThatIsWorthMost) {
  EXPECT_THAT(choices(Anchor::capture_greedy, kTwoCaptures), UnorderedElementsAre("5e2e"));
}

TEST(CaptureGreedy, TakesAnyOfThoseThatAreWorthTheSame) {
  EXPECT_THAT(choices(Anchor::capture_greedy, "4k4/9/4g4/p8/P3R2g1/9/9/9/4K4 b - 1"),
              UnorderedElementsAre("5e2e", "5e5c", "5e5c+"));
}

TEST(CaptureGreedy, PlaysAnyMoveWhereNothingCanBeTaken) {
  const std::string sfen = "8k/9/9/9/9/9/9/9/4K4 b - 1";
  EXPECT_EQ(choices(Anchor::capture_greedy, sfen).size(),
            Position::from_sfen(sfen).value().legal_moves().size());
}

// As it stands: a promoted pawn is worth more than a silver.
TEST(CaptureGreedy, LooksAtPiecesAsTheyStand) {
  EXPECT_THAT(choices(Anchor::capture_greedy, "8k/9/9/9/s3R2+p1/9/9/9/4K4 b - 1"),
              UnorderedElementsAre("5e2e"));
}

// A gold is worth 6 + 6, a silver with promotion of the rook 5 + 5 + 2: as much.
TEST(MaterialOnePly, CountsPromotionsToo) {
  EXPECT_THAT(choices(Anchor::material_one_ply, kTwoCaptures),
              UnorderedElementsAre("5e2e", "5e5c+"));
  EXPECT_THAT(choices(Anchor::material_one_ply, "8k/9/9/9/4R4/9/9/9/4K4 b - 1"),
              UnorderedElementsAre("5e5c+", "5e5b+", "5e5a+"))
      << "nothing to take: it promotes";
}

TEST(MaterialOnePly, KnowsThatAPromotedPieceIsHeldUnpromoted) {
  // 7 + 1 for a promoted pawn, 5 + 5 for a silver.
  EXPECT_THAT(choices(Anchor::material_one_ply, "8k/9/9/9/s3R2+p1/9/9/9/4K4 b - 1"),
              UnorderedElementsAre("5e9e"));
}

TEST(MaterialOnePly, LeavesTheBestBalanceThatAMoveCanLeave) {
  Random random(3);
  shogi::Game game;
  for (int ply = 0; ply < 300 && !game.is_over(); ++ply) {
    const Position& position = game.position();
    const auto after = [&](shogi::Move move) {
      Position next = position;
      next.do_move(move);
      return shogi::material_balance(next, position.side_to_move());
    };
    int most = -1000;
    for (const shogi::Move move : game.legal_moves()) most = std::max(most, after(move));
    Random other(static_cast<std::uint64_t>(ply));
    EXPECT_EQ(after(choose(Anchor::material_one_ply, position, game.legal_moves(), other)), most);
    game.play(choose(Anchor::random_mover, position, game.legal_moves(), random));
  }
}

TEST(Anchors, PlayLegalMovesAndTheSameOnesFromTheSameSeed) {
  for (const Anchor anchor : kAnchors) {
    std::vector<std::string> played[2];
    for (auto& moves : played) {
      Random random(11);
      shogi::Game game;
      while (!game.is_over()) {
        const shogi::MoveList& legal = game.legal_moves();
        const shogi::Move move = choose(anchor, game.position(), legal, random);
        ASSERT_NE(std::find(legal.begin(), legal.end(), move), legal.end());
        moves.push_back(shogi::to_usi(move));
        game.play(move);
      }
    }
    EXPECT_EQ(played[0], played[1]) << anchor_name(anchor);
  }
}

TEST(Anchors, PlayTheSameGamesAmongThemselvesEachTime) {
  const shogi::Rules rules{.max_plies = 80};
  const auto once = play_among_anchors(6, rules), again = play_among_anchors(6, rules);
  ASSERT_EQ(once.size(), 3U);
  for (std::size_t i = 0; i < once.size(); ++i) {
    EXPECT_EQ(once[i].wins + once[i].draws + once[i].losses, 6);
    EXPECT_EQ(once[i].wins, again[i].wins);
    EXPECT_EQ(once[i].losses, again[i].losses);
  }
}

// Which of those two is stronger takes more games than a test has.
TEST(Anchors, AreStrongerThanTheRandomMoverIfTheyLookAtPieces) {
  const auto ratings = rate(static_cast<int>(kAnchorCount), play_among_anchors(100, {}));
  EXPECT_EQ(ratings[0].elo, 0);
  EXPECT_GT(ratings[1].low, 100);
  EXPECT_GT(ratings[2].low, 100);
}

}  // namespace
}  // namespace keisei::rl

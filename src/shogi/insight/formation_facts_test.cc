#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "shogi/insight/fact_test_kit.h"

namespace keisei::shogi {
namespace {

using testing::fact;
using testing::facts_in_game;
using testing::holds;
using testing::targets;

/// "mino 4/4"
std::string castle(const std::optional<MoveFact>& fact) {
  if (!fact) return "no fact";
  return std::string(fact->name) + " " + std::to_string(fact->amount) + "/" +
         std::to_string(fact->of);
}

std::string opening(const MoveFacts& facts, MoveRule rule) {
  const MoveFact* found = find_fact(facts, rule);
  return found == nullptr ? "no fact" : std::string(found->name);
}

constexpr const char* kNearlyMino =
    "lnsgkgsnl/1r5b1/ppppppppp/9/9/2PP5/PPBSPPPPP/3R2SK1/LN1G1G1NL b - 1";
constexpr const char* kMino = "lnsgkgsnl/1r5b1/ppppppppp/9/9/2PP5/PPBSPPPPP/3RG1SK1/LN3G1NL b - 1";

TEST(CastleFacts, NameTheOneThatIsComplete) {
  EXPECT_EQ(castle(fact(kNearlyMino, "6i5h", MoveRule::castle_completed)), "mino 4/4");
  EXPECT_FALSE(holds(kNearlyMino, "6i7h", MoveRule::castle_completed));
  EXPECT_FALSE(holds(kMino, "9g9f", MoveRule::castle_completed)) << "it was before";
}

TEST(CastleFacts, CountTheParts) {
  const char* board = "lnsgkgsnl/1r5b1/ppppppppp/9/9/2P6/PPBPPPPPP/3R2K2/LNSG1GSNL b - 1";
  EXPECT_EQ(castle(fact(board, "3h2h", MoveRule::castle_grows)), "half_mino 2/3");
  EXPECT_FALSE(holds(board, "9g9f", MoveRule::castle_grows));
}

TEST(CastleFacts, TellWhoTakesItsOwnApart) {
  EXPECT_EQ(castle(fact(kMino, "5h5i", MoveRule::castle_left)), "mino 3/4");
  EXPECT_EQ(targets(fact(kMino, "5h5i", MoveRule::castle_left)), "G5h");
  EXPECT_EQ(targets(fact(kMino, "2h1h", MoveRule::castle_left)), "K2h");
  EXPECT_FALSE(holds(kMino, "9g9f", MoveRule::castle_left));
}

TEST(CastleFacts, TellWhoTakesTheOthersApart) {
  const char* board = "4k4/9/9/9/4r4/9/9/4G1SK1/5G1NL w - 1";
  EXPECT_EQ(castle(fact(board, "5e5h", MoveRule::castle_broken)), "mino 3/4");
  EXPECT_EQ(targets(fact(board, "5e5h", MoveRule::castle_broken)), "G5h");
  EXPECT_FALSE(holds(board, "5e9e", MoveRule::castle_broken));
}

// The sitting king is complete from the start.
TEST(CastleFacts, CallNothingBuiltThatStoodThereAnyway) {
  EXPECT_FALSE(holds("4k4/9/9/9/9/9/9/4K4/9 b - 1", "5h5i", MoveRule::castle_completed));
  EXPECT_FALSE(holds("4k4/9/9/9/9/9/9/9/4K4 b - 1", "5i5h", MoveRule::castle_left));
}

TEST(OpeningFacts, NameAPlayersWhenItIsNew) {
  const MoveFacts facts = facts_in_game({"2g2f"});
  EXPECT_EQ(opening(facts, MoveRule::opening), "static_rook");
  EXPECT_EQ(opening(facts_in_game({"7g7f"}), MoveRule::opening), "no fact");
  EXPECT_EQ(opening(facts_in_game({"2g2f", "9c9d", "2f2e"}), MoveRule::opening), "no fact");
}

TEST(OpeningFacts, NameTheGames) {
  const MoveFacts facts = facts_in_game({"2g2f", "8c8d"});
  EXPECT_EQ(opening(facts, MoveRule::game_opening), "double_static_rook");
  EXPECT_EQ(find_fact(facts, MoveRule::opening)->side, Color::white);
  EXPECT_EQ(opening(facts_in_game({"2g2f", "9c9d"}), MoveRule::game_opening), "no fact");
}

TEST(OpeningFacts, EndWithTheOpening) {
  const Position start = Position::startpos();
  std::vector<Move> moves;
  Position board = start;
  const char* walk[] = {"5i5h", "5a5b", "5h5i", "5b5a"};
  for (int ply = 0; ply < testing::known_openings().plies(); ++ply) {
    moves.push_back(parse_usi(walk[ply % 4], board).value());
    board.do_move(moves.back());
  }
  const Move move = parse_usi("2g2f", board).value();
  const auto late = testing::reader().read(board, move, GameSoFar{start, moves});
  EXPECT_EQ(opening(late, MoveRule::opening), "no fact");
}

}  // namespace
}  // namespace keisei::shogi

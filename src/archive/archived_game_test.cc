#include "archive/archived_game.h"

#include <gmock/gmock.h>

#include "archive/archive_test_kit.h"

namespace keisei::archive::testing {
namespace {

using ::testing::Contains;
using ::testing::SizeIs;

KeptGame kept_game(Moves moves) {
  KeptGame kept{"run", "Name of run", 2, game("run-3", std::move(moves)).game, {}};
  kept.thoughts.resize(kept.game.moves.size());
  return kept;
}

protocol::ArchivedGame answer(const KeptGame& kept) { return answer_of(kept, known_traits()); }

TEST(ArchivedGame, TellsEveryMoveInAllNotationsWithThePositionBehindIt) {
  const auto game = answer(kept_game({"7g7f", "3c3d", "8h2b+"}));
  ASSERT_THAT(game.moves, SizeIs(3));
  EXPECT_EQ(game.start_sfen, store::kStandardStart);
  const protocol::ArchivedMove& first = game.moves[0];
  EXPECT_EQ(first.move.usi, "7g7f");
  EXPECT_EQ(first.move.western, "P-7f");
  EXPECT_EQ(first.move.japanese, "▲７六歩");
  EXPECT_EQ(first.kif, "７六歩(77)");
  EXPECT_EQ(first.side, Side::black);
  EXPECT_EQ(first.sfen, "lnsgkgsnl/1r5b1/ppppppppp/9/9/2P6/PP1PPPPPP/1B5R1/LNSGKGSNL w - 2");
  EXPECT_FALSE(first.in_check);
  EXPECT_EQ(game.moves[1].side, Side::white);
  EXPECT_EQ(game.moves[2].kif, "２二角成(88)");
}

TEST(ArchivedGame, SaysWhenAMoveGivesCheck) {
  const auto game = answer(kept_game({"7g7f", "3c3d", "8h2b+", "8b9b", "2b3a", "9b8b", "3a4a"}));
  EXPECT_TRUE(game.moves[6].in_check);
}

TEST(ArchivedGame, TellsWhatTheNetworkThoughtWhereThatIsKept) {
  KeptGame kept = kept_game({"7g7f", "3c3d"});
  kept.thoughts[1] = store::Thought{41, 0.25, -0.5, 3.5, 2, 30};
  const auto game = answer(kept);
  EXPECT_EQ(game.moves_thought_of, 1);
  EXPECT_EQ(game.moves[0].update, std::nullopt);
  EXPECT_EQ(game.moves[0].probability, std::nullopt);
  const protocol::ArchivedMove& second = game.moves[1];
  EXPECT_EQ(second.update, 41);
  EXPECT_EQ(second.probability, 0.25);
  EXPECT_EQ(second.value, -0.5) << "White's own";
  EXPECT_EQ(second.entropy, 3.5);
  EXPECT_EQ(second.rank, 2);
  EXPECT_EQ(second.legal_moves, 30);
}

TEST(ArchivedGame, FindsItsOpeningsAndCastles) {
  const auto game = answer(kept_game(ranging_rook_with_mino())).game;
  EXPECT_EQ(game.black_castle, "mino");
  EXPECT_EQ(game.white_castle, std::nullopt);
  EXPECT_THAT(game.black_openings, Contains("ranging_rook"));
  EXPECT_EQ(game.segment, 2);
  EXPECT_EQ(game.plies, 13);
}

TEST(ArchivedGame, SaysFromWhereItCannotBeReadAndLeavesThatOut) {
  const auto game = answer(kept_game({"7g7f", "7g7f", "3c3d"}));
  EXPECT_THAT(game.moves, SizeIs(1));
  EXPECT_EQ(game.unreadable_from, 1);
  EXPECT_EQ(game.game.plies, 3);
  EXPECT_EQ(answer(kept_game({"7g7f"})).unreadable_from, std::nullopt);
}

TEST(ArchivedGame, BeginsWhereItBegan) {
  KeptGame kept = kept_game({"P*5e"});
  kept.game.start_sfen = "4k4/9/9/9/9/9/9/9/4K4 b P 1";
  const auto game = answer(kept);
  EXPECT_EQ(game.start_sfen, kept.game.start_sfen);
  EXPECT_EQ(game.moves.at(0).move.drop, "P");
}

TEST(GameList, SaysWhereItGoesOn) {
  Page page{{{"run", "a run", 1, 2, game("run-3").game, {" black/static_rook ", " white/mino "}}},
            Place{2, 17}};
  const protocol::GameList list = answer_of(page);
  ASSERT_THAT(list.games, SizeIs(1));
  EXPECT_EQ(list.games[0].run_id, "run");
  EXPECT_EQ(list.games[0].run_name, "a run");
  EXPECT_EQ(list.games[0].white_castle, "mino");
  EXPECT_THAT(list.games[0].black_openings, Contains("static_rook"));
  EXPECT_EQ(list.next, "2.17");
  page.next.reset();
  EXPECT_EQ(answer_of(page).next, std::nullopt);
}

}  // namespace
}  // namespace keisei::archive::testing

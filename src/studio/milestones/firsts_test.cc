#include "studio/milestones/firsts.h"

#include <gmock/gmock.h>

#include <string>
#include <vector>

#include "studio/milestones/milestone_test_kit.h"
#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using protocol::EndReason;
using protocol::MilestoneKind;
using protocol::Side;
using testing::told_game;

class Firsts : public ::testing::Test {
 protected:
  const PlayedGame& read(protocol::GameFinished told) {
    told_ = std::move(told);
    game_ = read_game(told_);
    EXPECT_TRUE(game_) << "against the rules";
    return *game_;
  }
  std::vector<std::string> castles(const std::vector<std::string>& moves) {
    std::vector<std::string> found;
    for (const Milestone& castle :
         castles_in(read(told_game(1, moves)), testing::real_content().castles(),
                    [](std::string_view) { return false; })) {
      found.push_back(castle.key() + "@" + std::to_string(castle.moment->ply));
    }
    return found;
  }

 private:
  protocol::GameFinished told_;
  std::optional<PlayedGame> game_;
};

// Kings and hands set so that one drop mates.
protocol::GameFinished mate_in_one_game() {
  auto told = told_game(7, {"G*5b"});
  told.start_sfen = "4k4/9/4P4/9/9/9/9/9/4K4 b G 1";
  told.reason = EndReason::checkmate;
  return told;
}

TEST_F(Firsts, SeeACheckmateWithItsGameAndPly) {
  const auto mate = checkmate_in(read(mate_in_one_game()));
  ASSERT_TRUE(mate);
  EXPECT_EQ(mate->key(), "checkmate");
  EXPECT_EQ(mate->side, Side::black);
  EXPECT_EQ(mate->moment->game_id, "run-7");
  EXPECT_EQ(mate->moment->game_number, 7);
  EXPECT_EQ(mate->moment->ply, 1);
  EXPECT_EQ(mate->update, 7);
  EXPECT_EQ(mate->reached_at, 1007);
}

TEST_F(Firsts, BelieveNoCheckmateThatIsNotOnTheBoard) {
  auto told = mate_in_one_game();
  told.start_sfen = "4k4/9/9/9/9/9/9/9/4K4 b G 1";  // the king takes it
  EXPECT_FALSE(checkmate_in(read(told)));
  EXPECT_FALSE(win_in(read(told)));
  auto other = mate_in_one_game();
  other.winner = Side::white;
  EXPECT_FALSE(checkmate_in(read(other)));
}

TEST_F(Firsts, CallNoMateWhatTheTrainerCallsAResignation) {
  auto told = mate_in_one_game();
  told.reason = EndReason::resignation;
  EXPECT_FALSE(checkmate_in(read(told)));
  EXPECT_EQ(win_in(read(told))->key(), "win/black");
}

TEST_F(Firsts, SeeNoWinInADraw) {
  auto told = told_game(1, testing::short_moves());
  told.reason = EndReason::max_plies;
  EXPECT_FALSE(win_in(read(told)));  // whatever winner it names
  told.winner.reset();
  EXPECT_FALSE(win_in(read(told)));
}

TEST_F(Firsts, SeeABishopPromoteAndNoRook) {
  const auto& game = read(told_game(1, testing::short_moves()));
  const auto horse = promotion_in(game, MilestoneKind::horse);
  ASSERT_TRUE(horse);
  EXPECT_EQ(horse->moment->ply, 3);
  EXPECT_EQ(horse->side, Side::black);
  EXPECT_FALSE(promotion_in(game, MilestoneKind::dragon));
}

TEST_F(Firsts, SeeACastleWithTheMoveThatCompletesIt) {
  // Half Mino: king 2h, silver 3h, gold 4i; White shuffles its rook.
  EXPECT_THAT(castles({"2h5h", "8b7b", "5i4h", "7b8b", "4h3h", "8b7b", "3h2h", "7b8b", "3i3h"}),
              ::testing::ElementsAre("castle/half_mino@9"));
}

TEST_F(Firsts, NameOfSeveralCastlesOfAMoveTheLargest) {
  // The same with the other gold on 5h already: the last move completes Half Mino and Mino.
  EXPECT_THAT(castles({"2h6h", "8b7b", "6i5h", "7b8b", "5i4h", "8b7b", "4h3h", "7b8b", "3h2h",
                       "8b7b", "3i3h"}),
              ::testing::ElementsAre("castle/mino@11"));
}

// White's pawns chase the rook three times, kings walk.
protocol::GameFinished rook_game(std::vector<std::string> chase, std::size_t plies = 60) {
  chase.insert(chase.end(), {"5a6a", "6i7i", "6a5a", "7i6i"});
  while (chase.size() < plies) chase.push_back(chase[chase.size() - 4]);
  auto told = told_game(1, chase);
  told.start_sfen = "4k4/9/9/9/4ppp2/9/4R4/9/4K4 b - 1";
  return told;
}
const std::vector<std::string> kChase = {"5i6i", "5e5f", "5g4g", "4e4f", "4g3g", "3e3f", "3g2g"};

TEST_F(Firsts, SeeThatEveryRookIsSavedForSixtyMovesAndNotForFewer) {
  const auto safe = safe_rook_in(read(rook_game(kChase)));
  ASSERT_TRUE(safe);
  EXPECT_EQ(safe->moment->ply, 60);
  EXPECT_FALSE(safe_rook_in(read(rook_game(kChase, 59))));
}

TEST_F(Firsts, SeeARookThatHangs) {
  auto careless = kChase;
  careless.insert(careless.begin() + 6, {"6i7i", "5a4a", "7i6i", "4a5a"});
  EXPECT_FALSE(safe_rook_in(read(rook_game(careless))));
}

TEST_F(Firsts, FindNoRookSavedThatNothingAttacks) {
  auto peaceful = kChase;
  peaceful[5] = "5a4a";
  EXPECT_FALSE(safe_rook_in(read(told_game(1, testing::long_moves(60)))));
  peaceful.insert(peaceful.end(), {"4a5a", "2g3g"});
  EXPECT_FALSE(safe_rook_in(read(rook_game(peaceful))));
}

TEST_F(Firsts, ReadNoGameThatBreaksTheRules) {
  EXPECT_FALSE(read_game(told_game(1, {"7g7f", "7g7f"})));
  auto told = told_game(1, {});
  told.start_sfen = "nothing";
  EXPECT_FALSE(read_game(told));
}

}  // namespace
}  // namespace keisei::studio

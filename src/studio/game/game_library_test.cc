#include "studio/game/game_library.h"

#include <gmock/gmock.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using testing::long_moves;
using testing::short_moves;
using testing::TrainerGame;

protocol::Heartbeat heartbeat_leaving_out(std::int64_t moves) {
  protocol::Heartbeat heartbeat{};
  heartbeat.dropped = {{"move/measuring", moves}, {"attention/measuring", 9}};
  return heartbeat;
}

class GameLibraryTest : public ::testing::Test {
 protected:
  using Lines = std::vector<std::string>;

  // The newest that may come on; null if none may.
  GameLibrary::Game offered() const {
    const auto finished = library_.finished();
    return finished.empty() ? nullptr : finished.back();
  }
  CounterFamily<GameFault> skipped() {
    return counters_.family<GameFault>("keisei_studio_games_skipped_total", "");
  }
  Counters counters_;
  Lines told_;
  GameLibrary library_{
      counters_, [this](protocol::Unusable, std::string why) { told_.push_back(std::move(why)); }};
};

TEST_F(GameLibraryTest, SkipsAndCountsAGameWithAGap) {
  const TrainerGame game(1, short_moves());
  library_.add(game.move(0));
  library_.add(game.move(2));
  EXPECT_EQ(library_.size(), 0u);
  library_.hear(heartbeat_leaving_out(0));
  EXPECT_EQ(skipped()[GameFault::gap].value(), 1u);
  library_.add(game.move(3));
  EXPECT_EQ(library_.size(), 0u) << "a skipped game is not taken up again";
}

TEST_F(GameLibraryTest, SkipsAndCountsAnIllegalMove) {
  auto move = TrainerGame(1, short_moves()).move(0);
  move.usi = "7g7e";
  library_.add(move);
  EXPECT_EQ(skipped()[GameFault::illegal_move].value(), 1u);
  EXPECT_EQ(library_.newest_unfinished(), nullptr);
}

TEST_F(GameLibraryTest, KeepsAGameWhoseFirstMovesAreToldWhenItIsPlayedAgain) {
  const TrainerGame game(1, short_moves());
  game.tell(library_, 2, 4);
  game.tell(library_, 0, game.plies());
  const GameLibrary::Game known = library_.newest_unfinished();
  ASSERT_NE(known, nullptr);
  EXPECT_EQ(known->first_ply(), 2);
  EXPECT_EQ(known->last_ply(), game.plies());
  EXPECT_EQ(told_, Lines{});
}

TEST_F(GameLibraryTest, TellsWhichGameBreaksWhereAndWhy) {
  auto move = TrainerGame(1, short_moves()).move(0);
  move.usi = "1a9i";
  library_.add(move);
  EXPECT_EQ(told_, Lines{"game run-1, move 1: move \"1a9i\": the piece is the opponent's "
                         "(illegal_move)"});
}

TEST_F(GameLibraryTest, LeavesOutAndCountsWhatThePolicyCannotHaveConsidered) {
  auto move = TrainerGame(1, short_moves()).move(0);
  const std::size_t legal = move.top.size();
  move.top.insert(move.top.begin(), {{"1a9i", 0.5F}, {"seven", 0.25F}});
  library_.add(move);
  library_.add(move);  // told again after a lost connection
  const GameLibrary::Game game = library_.newest_unfinished();
  ASSERT_NE(game, nullptr);
  EXPECT_EQ(game->decision(0)->top.size(), legal);
  const auto counted = counters_.family<ChoiceFault>("keisei_studio_choices_skipped_total", "");
  EXPECT_EQ(counted[ChoiceFault::illegal_move].value(), 1u);
  EXPECT_EQ(counted[ChoiceFault::unreadable].value(), 1u);
  EXPECT_EQ(told_, (Lines{"game run-1, move 1: move \"1a9i\": the piece is the opponent's "
                          "(illegal_move)",
                          "game run-1, move 1: move \"seven\": expected the form 7g7f, 8h2b+ or "
                          "P*5e (unreadable)"}));
  EXPECT_EQ(skipped().total(), 0u);
}

TEST_F(GameLibraryTest, TellsOfAnEndThatContradictsItsWinner) {
  using protocol::EndReason;
  library_.add(TrainerGame(1, short_moves()).finish(EndReason::checkmate, std::nullopt));
  library_.add(TrainerGame(2, short_moves()).finish(EndReason::repetition, protocol::Side::black));
  EXPECT_EQ(told_, (Lines{"game run-1, move 8: checkmate without a winner (contradiction)",
                          "game run-2, move 8: repetition with a winner (contradiction)"}));
}

TEST_F(GameLibraryTest, TellsOfAGameThatBreaksWhileItIsShown) {
  const TrainerGame game(1, short_moves());
  game.tell(library_, 0, 2);
  const GameLibrary::Game shown = library_.newest_unfinished();
  library_.remove(*shown);
  library_.add(game.move(3));
  library_.add(game.move(4));
  library_.hear(heartbeat_leaving_out(0));
  EXPECT_EQ(told_, Lines{"game run-1, move 4: the move after 2 did not come (gap)"});
  EXPECT_EQ(skipped()[GameFault::gap].value(), 1u);
}

TEST_F(GameLibraryTest, TellsOfAGameThatWillNotBeCompleted) {
  TrainerGame(1, short_moves()).tell(library_, 0, 2);
  TrainerGame(2, short_moves()).tell(library_, 0, 1);
  TrainerGame(3, short_moves()).tell(library_, 0, 1);
  library_.hear(heartbeat_leaving_out(0));
  EXPECT_EQ(told_, Lines{"game run-1, move 3: later games came, the rest of it did not "
                         "(overtaken)"});
}

TEST_F(GameLibraryTest, SaysNothingOfAGameThatItsTrainerLeftGapsInOnPurpose) {
  library_.hear(heartbeat_leaving_out(3));
  const TrainerGame game(1, short_moves());
  library_.add(game.move(0));
  library_.add(game.move(2));
  library_.hear(heartbeat_leaving_out(4));
  EXPECT_EQ(told_, Lines{});
  EXPECT_EQ(skipped()[GameFault::left_out].value(), 1u);
  EXPECT_EQ(skipped().total(), 1u);
}

// A showcase that was started again has not heard yet what was left out before.
TEST_F(GameLibraryTest, SaysNothingOfAGapOnPurposeThatComesBeforeTheFirstHeartbeat) {
  const TrainerGame game(1, short_moves());
  library_.add(game.move(0));
  library_.add(game.move(2));
  library_.hear(heartbeat_leaving_out(4));
  EXPECT_EQ(told_, Lines{});
  EXPECT_EQ(skipped()[GameFault::left_out].value(), 1u);
}

TEST_F(GameLibraryTest, TellsOfAGapAfterItsTrainerWasStartedAgain) {
  library_.hear(heartbeat_leaving_out(3));
  const TrainerGame game(1, short_moves());
  library_.add(game.move(0));
  library_.hear(heartbeat_leaving_out(0));
  library_.add(game.move(2));
  library_.hear(heartbeat_leaving_out(0));
  EXPECT_EQ(told_, Lines{"game run-1, move 3: the move after 1 did not come (gap)"});
}

TEST_F(GameLibraryTest, TellsOfAGapThatIsNobodysPurposeAtTheNextHeartbeat) {
  library_.hear(heartbeat_leaving_out(3));
  const TrainerGame game(1, short_moves());
  library_.add(game.move(0));
  library_.add(game.move(2));
  library_.hear(heartbeat_leaving_out(3));
  EXPECT_EQ(told_, Lines{"game run-1, move 3: the move after 1 did not come (gap)"});
  EXPECT_EQ(skipped()[GameFault::gap].value(), 1u);
  EXPECT_EQ(skipped().total(), 1u);
}

TEST_F(GameLibraryTest, TakesAStalemateThatItsTrainerScoresAsADraw) {
  TrainerGame(1, short_moves()).tell_all(library_, protocol::EndReason::stalemate, std::nullopt);
  ASSERT_NE(offered(), nullptr);
  EXPECT_EQ(offered()->finish()->winner, std::nullopt);
}

TEST_F(GameLibraryTest, AcceptsAnEndThatOvertakesTheLastMoves) {
  const TrainerGame game(1, short_moves());
  game.tell(library_, 0, 5);
  library_.add(game.finish());
  EXPECT_EQ(offered(), nullptr);
  game.tell(library_, 5, 7);
  ASSERT_NE(offered(), nullptr);
  EXPECT_EQ(offered()->last_ply(), 7);
}

TEST_F(GameLibraryTest, OffersNoGameOfAnOldNetworkWhileThereIsANewerOne) {
  TrainerGame(1, long_moves(30), 1).tell_all(library_, protocol::EndReason::checkmate);
  EXPECT_EQ(offered()->number(), 1) << "there is no other";
  TrainerGame(2, long_moves(300), 12)
      .tell_all(library_, protocol::EndReason::max_plies, std::nullopt);
  EXPECT_EQ(library_.finished().size(), 1U);
  EXPECT_EQ(offered()->number(), 2);
}

TEST_F(GameLibraryTest, OffersAnOldGameForAFirstOfTheRun) {
  TrainerGame(1, long_moves(30), 1).tell_all(library_);
  TrainerGame(2, long_moves(30), 12).tell_all(library_);
  library_.mark_first("run-1");
  EXPECT_EQ(library_.finished().size(), 2U);
  TrainerGame(3, long_moves(30), 32).tell_all(library_);
  EXPECT_EQ(library_.finished().size(), 1U) << "it is too old now";
}

TEST_F(GameLibraryTest, ForgetsTheOldestGamesFirst) {
  for (int number = 1; number <= 40; ++number) {
    TrainerGame(number, long_moves(4), 50 - number).tell_all(library_);
  }
  EXPECT_EQ(offered()->update(), 39) << "what came later is too old to be offered";
}

TEST_F(GameLibraryTest, SkipsAGameThatAResumedTrainerPlaysDifferently) {
  const TrainerGame game(1, short_moves());
  game.tell(library_, 0, 3);
  auto other = game.move(1);
  other.usi = "8c8d";
  library_.add(other);
  EXPECT_EQ(skipped()[GameFault::contradiction].value(), 1u);
}

TEST_F(GameLibraryTest, TakesUpAShownGameThatAResumedTrainerPlaysAnew) {
  const TrainerGame game(1, short_moves());
  game.tell(library_, 0, 3);
  library_.show(*library_.newest_unfinished());
  library_.add(game.move(0));
  EXPECT_EQ(library_.newest_unfinished(), nullptr) << "told again, not played again";
  auto anew = TrainerGame(1, {"2g2f", "8c8d"}).move(0);
  anew.emitted_at = 2;
  library_.add(anew);
  ASSERT_NE(library_.newest_unfinished(), nullptr);
  EXPECT_EQ(library_.newest_unfinished()->last_ply(), 1);
  EXPECT_EQ(skipped().total(), 0u);
}

TEST_F(GameLibraryTest, TakesUpAGameOfTheRunBeforeWhenThatRunPlaysItAnew) {
  const TrainerGame game(1, short_moves());
  game.tell(library_, 0, 3);
  library_.begin(nullptr);
  game.tell(library_, 0, 3);
  EXPECT_EQ(library_.size(), 0u) << "told again, not played again";
  auto anew = game.move(0);
  anew.emitted_at = 2;
  library_.add(anew);
  EXPECT_NE(library_.newest_unfinished(), nullptr);
}

TEST_F(GameLibraryTest, TakesALowerGameNumberAfterAReconnection) {
  TrainerGame(9, short_moves()).tell(library_, 0, 3);
  library_.reconnect();
  TrainerGame(5, short_moves()).tell(library_, 0, 3);
  EXPECT_EQ(skipped().total(), 0u);
}

TEST_F(GameLibraryTest, HoldsABoundedNumberOfGames) {
  for (int number = 1; number <= 40; ++number) {
    TrainerGame(number, long_moves(4)).tell_all(library_);
  }
  EXPECT_EQ(library_.size(), GameLibrary::kMostGames);
}

TEST_F(GameLibraryTest, HoldsABoundedNumberOfGamesOfWhichOnlyActivityIsKnown) {
  TrainerGame(1, short_moves()).tell_all(library_);
  for (int number = 2; number <= 40; ++number) {
    library_.add(TrainerGame(number, short_moves()).attention(0));
  }
  EXPECT_EQ(library_.size(), GameLibrary::kMostGames);
  EXPECT_NE(offered(), nullptr) << "a game goes after what is none";
}

TEST_F(GameLibraryTest, TakesUpAGameWhoseActivityWasForgotten) {
  for (int number = 1; number <= 40; ++number) {
    library_.add(TrainerGame(number, short_moves()).attention(0));
  }
  TrainerGame(1, short_moves()).tell_all(library_);
  EXPECT_NE(offered(), nullptr);
}

TEST_F(GameLibraryTest, HoldsABoundedNumberOfBytes) {
  for (int number = 1; number <= static_cast<int>(GameLibrary::kMostGames); ++number) {
    const TrainerGame game(number, short_moves());
    auto attention = game.attention(0);
    attention.gates.assign(1024, 0.5F);
    for (int ply = 0; ply <= protocol::kMostPlies; ++ply) {
      attention.ply = ply;
      library_.add(attention);
    }
    game.tell_all(library_);
  }
  EXPECT_LE(library_.bytes(), GameLibrary::kMostBytes);
  EXPECT_LT(library_.size(), GameLibrary::kMostGames);
}

TEST_F(GameLibraryTest, CountsActivityThatIsToldAgainOnce) {
  auto attention = TrainerGame(1, short_moves()).attention(0);
  library_.add(attention);
  const std::size_t before = library_.bytes();
  attention.gates.assign(2, 0.25F);
  library_.add(attention);
  EXPECT_EQ(library_.bytes(), before);
}

TEST_F(GameLibraryTest, TakesUpAGameInItsMiddle) {
  const TrainerGame game(1, short_moves());
  game.tell(library_, 3, 7);
  library_.add(game.finish());
  ASSERT_NE(offered(), nullptr);
  EXPECT_EQ(offered()->first_ply(), 3);
}

}  // namespace
}  // namespace keisei::studio

#include "studio/health/recent_games.h"

#include <gmock/gmock.h>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

class RecentGamesTest : public ::testing::Test {
 protected:
  // Ten games ended since the update before: Black won half of them, White a fifth.
  static protocol::TrainerMetrics ten_games_more(std::int64_t update) {
    protocol::TrainerMetrics told{};
    told.update = update;
    told.games = 10 * update;
    told.metrics["games/black_win_share"] = 0.5;
    told.metrics["games/white_win_share"] = 0.2;
    told.metrics["games/mean_length"] = 100;
    return told;
  }
  void learn(const protocol::TrainerMetrics& update) { history_.add(update, 1); }
  void learn(std::int64_t first, std::int64_t last) {
    for (std::int64_t update = first; update <= last; ++update) learn(ten_games_more(update));
  }

  UpdateHistory history_{testing::real_content().thresholds()};
};

TEST_F(RecentGamesTest, AreThoseOfTheNewestFiveUpdates) {
  learn(1, 9);
  const auto games = recent_games(history_);
  ASSERT_TRUE(games);
  EXPECT_EQ(games->updates, 5);
  EXPECT_EQ(games->games, 50);
  EXPECT_EQ(games->black, 25);
  EXPECT_EQ(games->white, 10);
  EXPECT_EQ(games->drawn(), 15);
}

TEST_F(RecentGamesTest, CountAsManyGamesAsEnded) {
  learn(1, 2);
  auto many = ten_games_more(3);
  many.games = 20 + 80;
  many.metrics["games/mean_length"] = 200;
  learn(many);
  EXPECT_EQ(recent_games(history_)->mean_length(), 180) << "twenty of 100 moves and eighty of 200";
}

TEST_F(RecentGamesTest, AreNotKnownFromTooFewUpdates) {
  learn(1, 2);
  EXPECT_FALSE(recent_games(history_));
  learn(3, 3);
  EXPECT_TRUE(recent_games(history_));
}

// How many games ended is the difference of two counts.
TEST_F(RecentGamesTest, BeginAfterAnUpdateThatIsMissing) {
  learn(1, 4);
  learn(6, 9);
  EXPECT_EQ(recent_games(history_)->updates, 3);
  history_ = UpdateHistory(testing::real_content().thresholds());
  learn(100, 102);
  EXPECT_FALSE(recent_games(history_)) << "the count before update 100 is not known";
  learn(103, 103);
  EXPECT_EQ(recent_games(history_)->updates, 3);
}

TEST_F(RecentGamesTest, BeginAfterAnUpdateThatDoesNotTellHowTheyWent) {
  learn(1, 3);
  auto silent = ten_games_more(4);
  silent.metrics.erase("games/white_win_share");
  learn(silent);
  EXPECT_FALSE(recent_games(history_));
  learn(5, 7);
  EXPECT_EQ(recent_games(history_)->games, 30);
}

TEST_F(RecentGamesTest, TakeAnUpdateDuringWhichNoneEnded) {
  learn(1, 3);
  protocol::TrainerMetrics none{};
  none.update = 4;
  none.games = 30;
  learn(none);
  const auto games = recent_games(history_);
  ASSERT_TRUE(games);
  EXPECT_EQ(games->updates, 4);
  EXPECT_EQ(games->games, 30);
}

TEST_F(RecentGamesTest, AreNotKnownFromSharesThatAreMoreThanAll) {
  learn(1, 3);
  auto absurd = ten_games_more(4);
  absurd.metrics["games/white_win_share"] = 0.9;
  learn(absurd);
  EXPECT_FALSE(recent_games(history_));
}

}  // namespace
}  // namespace keisei::studio

#include "studio/health/remarks.h"

#include <gmock/gmock.h>

#include <cmath>
#include <string>
#include <vector>

#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class RemarksTest : public ::testing::Test {
 protected:
  // A hundred games ended since the update before.
  void learn(double black, double white, double length = 100) {
    protocol::TrainerMetrics update{};
    update.update = ++updates_;
    update.games = 100 * updates_;
    update.metrics["games/black_win_share"] = black;
    update.metrics["games/white_win_share"] = white;
    update.metrics["games/mean_length"] = length;
    history_.add(update, 1);
  }
  std::vector<std::string> remarks(Level level = Level::intermediate) const {
    return Remarks(testing::real_content()).write(history_, level, Language::en);
  }

  std::int64_t updates_ = 0;
  UpdateHistory history_{testing::real_content().thresholds()};
};

TEST_F(RemarksTest, TellHowTheGamesOfTheNewestUpdatesWent) {
  for (int i = 0; i < 5; ++i) learn(0.4, 0.38, 123.4);
  EXPECT_THAT(
      remarks(),
      ElementsAre("Games of the last 5 updates took 123 moves on average.",
                  "Of these 500 games 22% were drawn.",
                  "Of the 390 decided ones Black, who moves first, won 51% (46% to 56%): no clear "
                  "difference between the sides."));
  EXPECT_THAT(remarks(Level::beginner), IsEmpty());
}

TEST_F(RemarksTest, SayWhoWinsMoreWhenChanceDoesNotExplainIt) {
  for (int i = 0; i < 5; ++i) learn(0.6, 0.4);
  EXPECT_THAT(remarks(), Contains("Of the 500 decided ones Black, who moves first, won 60% (56% to "
                                  "64%), more than White."));
  for (int i = 0; i < 5; ++i) learn(0.4, 0.6);
  EXPECT_THAT(remarks(), Contains(HasSubstr("less than White")));
}

TEST_F(RemarksTest, SayNothingOfWhoWinsWhereNobodyDoes) {
  for (int i = 0; i < 3; ++i) learn(0, 0);
  EXPECT_THAT(remarks(), Not(Contains(HasSubstr("Black"))));
  EXPECT_THAT(remarks(), Contains(HasSubstr("100% were drawn: a game that nobody wins")));
}

TEST_F(RemarksTest, SayThatGamesBecomeLongerWhenTheyDo) {
  for (int i = 0; i < 80; ++i) learn(0.5, 0.5, 100 + i + 3 * std::sin(i));
  EXPECT_THAT(remarks(), Contains(HasSubstr("over the last 80 updates they became longer")));
}

TEST_F(RemarksTest, SayThatTheLengthOfGamesHasNoTrend) {
  for (int i = 0; i < 80; ++i) learn(0.5, 0.5, 100 + 9 * std::sin(i));
  EXPECT_THAT(remarks(), Contains(HasSubstr("no clear trend over the last 80 updates")));
}

TEST_F(RemarksTest, SayNothingOfGamesThatTheTrainerDoesNotTellOf) {
  protocol::TrainerMetrics update{};
  for (update.update = 1; update.update <= 5; ++update.update) history_.add(update, 1);
  EXPECT_THAT(remarks(Level::advanced), IsEmpty());
}

}  // namespace
}  // namespace keisei::studio

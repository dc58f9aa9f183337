#include "studio/milestones/detector.h"

#include <gmock/gmock.h>

#include <rapidcheck/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "studio/milestones/milestone_test_kit.h"
#include "studio/studio_test_kit.h"

namespace keisei::studio {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using testing::random_game;
using testing::Sights;
using testing::told_game;

const shogi::Castles& castles() { return testing::real_content().castles(); }

bool is_first(const Milestone& milestone) {
  return milestone.kind <= protocol::MilestoneKind::safe_rook;
}

std::vector<std::string> keys_of(const std::vector<Milestone>& milestones) {
  std::vector<std::string> keys;
  for (const Milestone& one : milestones) keys.push_back(one.key());
  return keys;
}

protocol::TrainerMetrics metrics(std::int64_t update, std::int64_t games) {
  protocol::TrainerMetrics metrics{};
  metrics.update = update;
  metrics.games = games;
  metrics.emitted_at = static_cast<double>(update);
  return metrics;
}

protocol::EvaluationFinished evaluation(std::int64_t update, double score, double low, double elo,
                                        int mates) {
  protocol::EvaluationFinished evaluation{};
  evaluation.update = update;
  evaluation.random_games = 100;
  evaluation.random_score = score;
  evaluation.random_low = low;
  evaluation.random_high = 1;
  evaluation.elo = elo;
  evaluation.elo_error = 50;
  evaluation.skills = {{"mate_in_one", mates, 100}, {"a_new_skill", mates, 100}};
  evaluation.emitted_at = static_cast<double>(update);
  return evaluation;
}

class Detector : public ::testing::Test {
 protected:
  Detector() { detector_.begin(nullptr); }
  MilestoneDetector detector_{castles()};
};

TEST_F(Detector, FindsNoMoreMilestonesThanARunCanReach) {
  std::size_t found = 0;
  for (std::int64_t update = 1; update <= 3'000; ++update) {
    protocol::EvaluationFinished better{};
    better.update = update;
    better.past_scores = {{update - 1, 100, 0, 0}};
    found += detector_.hear(better).size();
  }
  EXPECT_EQ(found, MilestoneDetector::kMostMilestones);
}

RC_GTEST_PROP(DetectorByHand, FindsEveryFirstWhereItIs, ()) {
  const int games = *rc::gen::inRange(1, 8);
  MilestoneDetector detector(castles());
  detector.begin(nullptr);
  testing::FirstsByHand by_hand(castles());
  Sights sights;
  for (int number = 1; number <= games; ++number) {
    const auto game =
        random_game(number, *rc::gen::arbitrary<unsigned>(), *rc::gen::inRange(1, 200));
    by_hand.read(game);
    for (const Milestone& found : detector.hear(game)) {
      RC_ASSERT(is_first(found));
      const bool is_new =
          sights.emplace(found.key(), testing::Sight{found.moment->game_number, found.moment->ply})
              .second;
      RC_ASSERT(is_new);
    }
  }
  RC_ASSERT(sights == by_hand.sights());
}

TEST_F(Detector, FindsAFirstOnce) {
  EXPECT_THAT(keys_of(detector_.hear(told_game(1, testing::short_moves()))),
              ElementsAre("win/black", "horse"));
  EXPECT_THAT(detector_.hear(told_game(2, testing::short_moves())), IsEmpty());
}

TEST_F(Detector, ClaimsNoFirstAndNoRecordOfARunWhoseFirstGamesItDidNotSee) {
  EXPECT_THAT(detector_.hear(told_game(2, testing::short_moves())), IsEmpty());
  for (int number = 3; number <= 3 + Record::kFirst; ++number) {
    EXPECT_THAT(detector_.hear(told_game(number, testing::long_moves(60 + number))), IsEmpty());
  }
}

TEST_F(Detector, ClaimsNoFirstAfterAGameThatItDidNotSee) {
  detector_.hear(told_game(1, testing::long_moves(60)));
  EXPECT_THAT(detector_.hear(told_game(3, testing::short_moves())), IsEmpty());
  EXPECT_THAT(detector_.hear(told_game(4, testing::short_moves())), IsEmpty());
}

// Nothing else of it is kept any more.
TEST_F(Detector, ClaimsNoFirstOfARunOfWhichAGameWasMissedLongAgo) {
  store::RunMemory memory{};
  memory.run.run_id = "run";
  memory.milestones.push_back({"run", "win/black", 1, {}, {}, {}, 1});
  memory.finished.push_back({"run", 1, told_game(5000, testing::long_moves(60))});
  memory.game_number = 5000;
  memory.is_whole = false;
  detector_.begin(&memory);
  EXPECT_THAT(detector_.hear(told_game(5001, testing::short_moves())), IsEmpty());
  memory.is_whole = true;
  detector_.begin(&memory);
  EXPECT_THAT(keys_of(detector_.hear(told_game(5001, testing::short_moves()))),
              ElementsAre("horse"));
}

TEST_F(Detector, ClaimsFirstsOfARunThatIsResumed) {
  for (int number = 1; number <= 3; ++number) {
    detector_.hear(told_game(number, testing::long_moves(60)));
  }
  EXPECT_THAT(keys_of(detector_.hear(told_game(2, testing::short_moves()))), Contains("horse"));
}

TEST_F(Detector, ReadsNoGameThatBreaksTheRules) {
  EXPECT_THAT(detector_.hear(told_game(1, {"7g7f", "7g7f"})), IsEmpty());
}

TEST_F(Detector, FindsStepsOfCountsBetweenTwoReports) {
  EXPECT_THAT(detector_.hear(metrics(1, 64)), IsEmpty());
  EXPECT_THAT(keys_of(detector_.hear(metrics(10, 640))), ElementsAre("games/500", "updates/10"));
  EXPECT_THAT(detector_.hear(metrics(9, 600)), IsEmpty());
  EXPECT_THAT(keys_of(detector_.hear(metrics(11, 1'000))), ElementsAre("games/1000"));
}

TEST_F(Detector, FindsStepsOfStrengthByTheLowerEnds) {
  EXPECT_THAT(detector_.hear(evaluation(0, 0.5, 0.4, 0, 0)), IsEmpty());
  EXPECT_THAT(keys_of(detector_.hear(evaluation(10, 0.6, 0.499, 249, 33))), IsEmpty());
  EXPECT_THAT(keys_of(detector_.hear(evaluation(20, 0.97, 0.91, 250, 35))),
              ElementsAre("score/90", "skill/mate_in_one/25", "elo/200"));
  EXPECT_THAT(detector_.hear(evaluation(30, 0.97, 0.91, 250, 35)), IsEmpty());
}

TEST_F(Detector, FindsProgressOverAFrozenVersion) {
  auto strong = evaluation(50, 0.5, 0.4, 0, 0);
  strong.past_scores = {{20, 40, 0, 0}};
  const auto found = detector_.hear(strong);
  ASSERT_THAT(keys_of(found), ElementsAre("breakthrough/20"));
  EXPECT_EQ(found[0].value, 1);
  EXPECT_THAT(detector_.hear(strong), IsEmpty());
}

TEST_F(Detector, FindsRecordsAfterEnoughGames) {
  std::vector<std::string> keys;
  for (int number = 1; number <= Record::kFirst; ++number) {
    for (const auto& key :
         keys_of(detector_.hear(told_game(number, testing::long_moves(60 + number))))) {
      keys.push_back(key);
    }
  }
  EXPECT_THAT(keys, IsSupersetOf({"longest_game/90", "shortest_game/61"}));
  const auto longer = detector_.hear(told_game(Record::kFirst + 1, testing::long_moves(99)));
  ASSERT_THAT(keys_of(longer), ElementsAre("longest_game/99"));
  EXPECT_EQ(longer[0].moment->ply, 99);
}

TEST_F(Detector, FindsTheBiggestSwingByOneSidesTurns) {
  std::vector<Milestone> found;
  for (int number = 1; number <= Record::kFirst; ++number) {
    const testing::TrainerGame game(number, testing::short_moves());
    for (int ply = 0; ply < game.plies(); ++ply) {
      auto played = game.move(ply);
      // White is always sure to win, which is no swing; Black is in for one surprise.
      played.value = ply % 2 == 1 ? 1 : 0;
      if (number == 12 && ply >= 4) *played.value -= ply % 2 == 0 ? 0.5 : 0;
      detector_.hear(played);
    }
    found = detector_.hear(game.finish());
  }
  ASSERT_THAT(keys_of(found), Contains("swing/25"));
  const auto& swing = found.back();
  EXPECT_EQ(swing.moment->game_number, 12);
  EXPECT_EQ(swing.moment->ply, 4);
}

TEST_F(Detector, TakesNoSwingFromMovesThatAreNotOfTheGame) {
  const testing::TrainerGame game(1, testing::short_moves());
  for (int ply = 0; ply < game.plies(); ++ply) {
    auto played = game.move(ply);
    played.usi = "9a9b";
    played.value = ply < 3 ? -1 : 1;
    detector_.hear(played);
  }
  for (int number = 1; number <= Record::kFirst; ++number) {
    auto told = game.finish();
    told.game_number = number;
    EXPECT_THAT(keys_of(detector_.hear(told)), Not(Contains(::testing::StartsWith("swing"))));
  }
}

}  // namespace
}  // namespace keisei::studio

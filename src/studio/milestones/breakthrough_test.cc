#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <random>
#include <vector>

#include "studio/milestones/breakthrough_watch.h"
#include "studio/milestones/sequential_test.h"

// Simulated runs: how often is progress found that is not there, and how soon progress that is?
namespace keisei::studio {
namespace {

constexpr double kBound = 0.64;  // what 100 Elo expect

/// Plays games of known chances; the same seed gives the same games.
class Games {
 public:
  explicit Games(unsigned seed) : random_(seed) {}

  protocol::PastScore play(std::int64_t opponent, int games, double score, double draws) {
    protocol::PastScore result{opponent, 0, 0, 0};
    for (int i = 0; i < games; ++i) {
      const double chance = static_cast<double>(random_() >> 11) * 0x1p-53;
      if (chance < draws) {
        ++result.draws;
      } else if (chance < draws + (score - draws / 2)) {
        ++result.wins;
      } else {
        ++result.losses;
      }
    }
    return result;
  }

 private:
  std::mt19937_64 random_;
};

struct Chances {
  double score;
  double draws;
};

class SequentialTestAtItsBound : public ::testing::TestWithParam<double> {};

TEST_P(SequentialTestAtItsBound, ErrsAtMostOnceInAHundredHoweverOftenOneLooks) {
  constexpr int kRuns = 4'000;
  constexpr int kLooks = 100;
  int errors = 0;
  for (int run = 0; run < kRuns; ++run) {
    Games games(static_cast<unsigned>(run));
    SequentialTest test(kBound);
    for (int look = 0; look < kLooks; ++look) {
      const auto score = games.play(0, 40, kBound, GetParam());
      test.add(score.wins, score.draws, score.losses);
      if (test.evidence() < 100) continue;
      ++errors;
      break;
    }
  }
  EXPECT_LE(errors, kRuns / 100);
}

INSTANTIATE_TEST_SUITE_P(WithDraws, SequentialTestAtItsBound, ::testing::Values(0, 0.2, 0.6));

TEST(SequentialTest, ProvesWhatIsFarAboveItsBoundWithinAFewHundredGames) {
  int proven = 0;
  for (unsigned run = 0; run < 200; ++run) {
    Games games(run);
    SequentialTest test(kBound);
    for (int look = 0; look < 8 && test.evidence() < 100; ++look) {
      const auto score = games.play(0, 40, 0.8, 0.1);
      test.add(score.wins, score.draws, score.losses);
    }
    if (test.evidence() >= 100) ++proven;
  }
  EXPECT_GE(proven, 190);
}

/// Evaluations as the trainer makes them: against the oldest version, one that lasts for a while,
/// and the newest.
class TrainingRun {
 public:
  explicit TrainingRun(unsigned seed) : games_(seed) {}

  protocol::EvaluationFinished evaluation(Chances against_all) {
    protocol::EvaluationFinished evaluation{};
    evaluation.update = update_;
    std::int64_t lasting = 10;
    while (lasting * 2 < update_) lasting *= 2;
    for (const std::int64_t opponent : {std::int64_t{0}, lasting, update_ - 10}) {
      if (opponent < 0 || opponent >= update_) continue;
      evaluation.past_scores.push_back(
          games_.play(opponent, 40, against_all.score, against_all.draws));
    }
    update_ += 10;
    return evaluation;
  }

 private:
  Games games_;
  std::int64_t update_ = 0;
};

TEST(BreakthroughWatch, FindsInAThousandRunsWithoutProgressAtMostTen) {
  int errors = 0;
  for (unsigned seed = 0; seed < 1'000; ++seed) {
    TrainingRun run(seed);
    BreakthroughWatch watch;
    for (int i = 0; i < 150; ++i) {
      if (!watch.hear(run.evaluation({kBound, 0.2}))) continue;
      ++errors;
      break;
    }
  }
  EXPECT_LE(errors, 10);
}

TEST(BreakthroughWatch, FindsProgressOnceAndLooksForMoreOverTheNetworkThatMadeIt) {
  TrainingRun run(1);
  BreakthroughWatch watch;
  std::vector<std::int64_t> over;
  std::int64_t by = 0;
  for (int i = 0; i < 200; ++i) {
    const auto evaluation = run.evaluation({0.9, 0.1});
    const auto found = watch.hear(evaluation);
    if (!found) continue;
    EXPECT_GE(found->over, by);
    EXPECT_GT(found->score, kBound);
    over.push_back(found->over);
    by = evaluation.update;
  }
  ASSERT_GE(over.size(), 2U);
  EXPECT_EQ(over.front(), 0);
}

TEST(BreakthroughWatch, CountsTheGamesOfAnEvaluationOnce) {
  BreakthroughWatch watch;
  protocol::EvaluationFinished evaluation{};
  evaluation.update = 10;
  evaluation.past_scores = {{0, 12, 0, 0}};
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(watch.hear(evaluation));
  evaluation.update = 9;  // resumed from an older checkpoint
  for (int i = 0; i < 100; ++i) EXPECT_FALSE(watch.hear(evaluation));
}

TEST(BreakthroughWatch, ForgetsNoOpponentThatIsStillPlayedHoweverManyOthersAre) {
  BreakthroughWatch watch;
  std::optional<BreakthroughWatch::Breakthrough> found;
  std::int64_t update = 1;
  for (; !found && update < 500; ++update) {
    protocol::EvaluationFinished evaluation{};
    evaluation.update = update;
    // Four games of five are won against the first version, half of them against each later one.
    const bool is_lost = update % 5 == 0;
    evaluation.past_scores = {{0, is_lost ? 0 : 1, 0, is_lost ? 1 : 0}, {update - 1, 1, 0, 1}};
    if (update == 1) evaluation.past_scores.pop_back();
    found = watch.hear(evaluation);
  }
  ASSERT_TRUE(found);
  EXPECT_EQ(found->over, 0);
  EXPECT_GT(update, static_cast<std::int64_t>(BreakthroughWatch::kMostOpponents)) << "too soon";
}

TEST(BreakthroughWatch, DoesNotTakeManyOpponentsForManyChances) {
  protocol::EvaluationFinished evaluation{};
  evaluation.update = 100;
  evaluation.past_scores = {{10, 30, 0, 0}};
  EXPECT_TRUE(BreakthroughWatch().hear(evaluation)) << "enough, were it the only one";
  evaluation.past_scores.clear();
  for (std::int64_t opponent = 0; opponent < 10; ++opponent) {
    evaluation.past_scores.push_back({opponent, 10, 0, 10});
  }
  evaluation.past_scores.push_back({10, 30, 0, 0});
  EXPECT_FALSE(BreakthroughWatch().hear(evaluation));
}

}  // namespace
}  // namespace keisei::studio

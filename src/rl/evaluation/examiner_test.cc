#include "rl/evaluation/examiner.h"

#include <gtest/gtest.h>

#include <latch>
#include <stdexcept>

#include "base/testing/temporary_folder.h"
#include "rl/evaluation/evaluation_thread.h"
#include "rl/testing/tiny_options.h"

namespace keisei::rl {
namespace {

struct ExaminerFolder : testing::Test {
  // Fresh networks that differ by their seed.
  static Snapshot snapshot(std::int64_t update) {
    return {.update = update,
            .global_step = 100 * update,
            .weights = Player::fresh(tiny_options().network, "cpu", update).weights()};
  }

  TemporaryFolder folder;
};

TEST_F(ExaminerFolder, ReportsMatchesRatingAndEverySkill) {
  Examiner examiner(tiny_options(), folder.path(), 0);
  const auto first = examiner.evaluate(snapshot(0));
  ASSERT_TRUE(first);
  EXPECT_EQ(first->against_random().games(), 6);
  EXPECT_EQ(first->ratings.anchors[0].elo, 0) << "the random mover";
  EXPECT_LT(first->ratings.anchors[1].low, first->ratings.anchors[1].high);
  EXPECT_TRUE(first->against_past.empty());
  EXPECT_EQ(first->skills.size(), std::size(kSkills));
  EXPECT_EQ(first->skills[0].questions, 3);
  const auto second = examiner.evaluate(snapshot(7));
  ASSERT_TRUE(second);
  EXPECT_EQ(second->global_step, 700);
  ASSERT_EQ(second->against_past.size(), 1U);
  EXPECT_EQ(second->against_past[0].update, 0);
  EXPECT_EQ(second->against_past[0].score.games(), 4);
  EXPECT_LT(second->ratings.network.low, second->ratings.network.elo);
  EXPECT_TRUE(second->problems.empty());
}

TEST_F(ExaminerFolder, FindsItsPastAgainWhenARunIsResumed) {
  {
    Examiner examiner(tiny_options(), folder.path(), 0);
    for (const std::int64_t update : {0, 5, 9}) ASSERT_TRUE(examiner.evaluate(snapshot(update)));
  }
  // From the checkpoint of update 6: what came after it never was.
  EXPECT_EQ(SnapshotPool(folder.path(), 3, 6).updates(), (std::vector<std::int64_t>{0, 5}));
  EXPECT_EQ(MatchTable(folder.path(), 6).matches().size(), 5U);
}

TEST_F(ExaminerFolder, LetsTheOtherAnchorsTakeTurns) {
  const auto games = [](const std::optional<Evaluation>& evaluation, Anchor anchor) {
    return evaluation->against_anchors[static_cast<std::size_t>(anchor)].games();
  };
  {
    Examiner examiner(tiny_options(), folder.path(), 0);
    const auto first = examiner.evaluate(snapshot(0));
    EXPECT_EQ(games(first, Anchor::capture_greedy), 4);
    EXPECT_EQ(games(first, Anchor::material_one_ply), 0);
  }
  Examiner examiner(tiny_options(), folder.path(), 0);
  const auto second = examiner.evaluate(snapshot(1));
  EXPECT_EQ(games(second, Anchor::capture_greedy), 0);
  EXPECT_EQ(games(second, Anchor::material_one_ply), 4);
}

TEST_F(ExaminerFolder, MeetsTheNetworkOfAnHourAgoAndKnowsItsAgeAfterAResume) {
  const auto evaluate = [&](Examiner& examiner, std::int64_t update, double process_s) {
    Snapshot one = snapshot(update);
    one.process_s = process_s;
    return examiner.evaluate(one);
  };
  {
    Examiner examiner(tiny_options(), folder.path(), 0);
    for (const std::int64_t update : {0, 10, 20, 30, 40}) {
      ASSERT_TRUE(evaluate(examiner, update, 60.0 * static_cast<double>(update)));
    }
  }
  // It goes on after 40 minutes of training; 35 minutes more make 75.
  Examiner examiner(tiny_options(), folder.path(), 40);
  const auto later = evaluate(examiner, 75, 2100);
  ASSERT_TRUE(later);
  ASSERT_EQ(later->against_past.size(), 1U) << "the other match is an anchor's";
  EXPECT_EQ(later->against_past[0].update, 10) << "of 65 and 55 minutes ago the older";
  EXPECT_NEAR(later->against_past[0].age_s.value_or(0), 65 * 60, 1);
}

TEST_F(ExaminerFolder, CountsTheLatestMatchesOnlyHoweverManyThereWere) {
  std::string lost;
  for (std::size_t i = 0; i <= MatchTable::kMost; ++i) lost += "1,-1,0,0,4,1\n";
  folder.write("matches.csv", lost);
  MatchTable table(folder.path(), 1);
  EXPECT_EQ(table.matches().size(), MatchTable::kMost);
  EXPECT_LT(table.rate(1).network.high, 0);
  for (std::size_t i = 0; i < MatchTable::kMost; ++i) {
    ASSERT_TRUE(table.add({1, kRandomMover, {.wins = 4, .draws = 0, .losses = 0}}));
  }
  EXPECT_EQ(table.matches().size(), MatchTable::kMost);
  EXPECT_GT(table.rate(1).network.low, 0);
}

TEST_F(ExaminerFolder, FindsNothingOfAFutureThatWasGivenUpWhenTheRunHasGotThatFarAgain) {
  {
    Examiner examiner(tiny_options(), folder.path(), 0);
    for (const std::int64_t update : {0, 5, 9}) ASSERT_TRUE(examiner.evaluate(snapshot(update)));
  }
  ASSERT_TRUE(Examiner(tiny_options(), folder.path(), 6).evaluate(snapshot(8)));
  EXPECT_EQ(SnapshotPool(folder.path(), 3, 20).updates(), (std::vector<std::int64_t>{0, 5, 8}));
  const MatchTable table(folder.path(), 20);
  for (const Match& match : table.matches()) EXPECT_NE(match.first, 9);
  EXPECT_EQ(table.matches().size(), 5U + 3U) << "of 0 and 5, and of 8 with both kinds";
}

// Two resumes of one checkpoint: the same network is evaluated twice.
TEST_F(ExaminerFolder, PlaysOtherGamesWhenTheSameNetworksMeetAgain) {
  Options options = tiny_options();
  options.environment.max_plies = 400;
  Examiner first(options, folder.path(), 7);
  const auto once = first.evaluate(snapshot(7));
  Examiner second(options, folder.path(), 7);
  const auto again = second.evaluate(snapshot(7));
  ASSERT_TRUE(once && again);
  EXPECT_NE(once->against_random().plies, again->against_random().plies);
  EXPECT_EQ(MatchTable(folder.path(), 7).matches().size(), 4U);
}

TEST(MatchTable, CountsOnceWhatAnOlderProgramPlayedAnewAfterAResume) {
  const TemporaryFolder folder;
  folder.write("matches.csv", "0,-1,1,2,3\n5,-1,4,1,1\n5,0,2,1,1\n5,-1,4,1,1\n5,0,2,1,1\n");
  EXPECT_EQ(MatchTable(folder.path(), 5).matches().size(), 3U);
  EXPECT_EQ(MatchTable(folder.path(), 5).meetings(5, -1), 2) << "their next games are others";
  EXPECT_EQ(MatchTable(folder.path(), 5).meetings(5, 3), 0);
}

TEST(MatchTable, StillKnowsThePastWhenMoreThanItKeepsWasOfAFutureThatWasGivenUp) {
  const TemporaryFolder folder;
  std::string lines = "5,-1,4,1,1,1\n";
  for (std::size_t i = 0; i < MatchTable::kMost; ++i) lines += "9,-1,4,0,0,1\n";
  folder.write("matches.csv", lines);
  EXPECT_EQ(MatchTable(folder.path(), 6).matches().size(), 1U);
}

TEST_F(ExaminerFolder, PassesOverADamagedNetworkAndSaysSo) {
  Examiner examiner(tiny_options(), folder.path(), 0);
  ASSERT_TRUE(examiner.evaluate(snapshot(0)));
  folder.write("network-0.weights", "damaged");
  const auto evaluation = examiner.evaluate(snapshot(3));
  ASSERT_TRUE(evaluation);
  EXPECT_TRUE(evaluation->against_past.empty());
  EXPECT_EQ(evaluation->problems.size(), 1U);
}

TEST_F(ExaminerFolder, StopsWhenAsked) {
  Examiner examiner(tiny_options(), folder.path(), 0);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_FALSE(examiner.evaluate(snapshot(0), stop.get_token()));
}

TEST(EvaluationLine, IsOneObjectWithIntervals) {
  Evaluation evaluation;
  evaluation.update = 3;
  evaluation.global_step = 96;
  evaluation.against_anchors[0] = {.wins = 3, .draws = 2, .losses = 1};
  evaluation.against_past = {{1, {.wins = 1, .draws = 0, .losses = 1}, 3300}};
  evaluation.ratings.network = {120, 20, 220};
  evaluation.ratings.anchors[1] = {300, 290, 310};
  evaluation.skills = {{.questions = 4, .answered = 1, .probability = 0.5, .chance = 0.25}};
  const std::string line = evaluation_line(evaluation, 1.5);
  for (const char* part :
       {R"("time":1.500,"update":3,"global_step":96)", R"("against_random":{"score":0.6667)",
        R"("elo":120.0,"elo_low":20.0,"elo_high":220.0)",
        R"("against_past":[{"update":1,"age_s":3300,)",
        R"("capture_greedy":{"elo":300.0,"elo_low":290.0,"elo_high":310.0})",
        R"("mate_in_one":{"success":0.2500,"ci95_low":0.0456,"ci95_high":0.6994)"}) {
    EXPECT_NE(line.find(part), std::string::npos) << part << " in " << line;
  }
}

TEST(EvaluationLine, IsHeldAgainstTheSuiteOfEarlierOnes) {
  const std::string of_now = evaluation_line({}, 1) + '\n';
  EXPECT_EQ(incomparable(""), "");
  EXPECT_EQ(incomparable(of_now), "");
  const std::string older = R"({"update":1,"skills":{"suite":1,"mate_in_one":{}}})"
                            "\n";
  EXPECT_EQ(incomparable(older + of_now), "") << "that was said when the newest was made";
  EXPECT_EQ(incomparable(older),
            "the evaluations so far asked the questions of suite 1, those to come ask suite 2: "
            "skills before and after cannot be compared; nor can Elo, in which draws now count "
            "half");
}

TEST(EvaluationThread, HandsOverWhatItFinds) {
  EvaluationThread thread([](const Snapshot& snapshot, const std::stop_token&) {
    Evaluation evaluation;
    evaluation.update = snapshot.update;
    return std::optional(evaluation);
  });
  thread.start({.update = 4});
  while (!thread.is_idle()) std::this_thread::yield();
  const auto done = thread.take();
  ASSERT_EQ(done.size(), 1U);
  EXPECT_EQ(done[0].update, 4);
  EXPECT_TRUE(thread.take().empty());
}

TEST(EvaluationThread, OutlivesAFailureAndTellsIt) {
  EvaluationThread thread([](const Snapshot&, const std::stop_token&) -> std::optional<Evaluation> {
    throw std::runtime_error("no memory");
  });
  thread.start({});
  while (!thread.is_idle()) std::this_thread::yield();
  const auto done = thread.take();
  ASSERT_EQ(done.size(), 1U);
  EXPECT_FALSE(done[0].complete);
  EXPECT_EQ(done[0].problems, std::vector<std::string>{"evaluation: no memory"});
}

TEST(EvaluationThread, EndsInTheMiddleOfAnEvaluation) {
  std::latch begun(1);
  {
    EvaluationThread thread([&](const Snapshot&, const std::stop_token& stop) {
      begun.count_down();
      while (!stop.stop_requested()) std::this_thread::yield();
      return std::optional<Evaluation>();
    });
    thread.start({});
    EXPECT_FALSE(thread.is_idle());
    begun.wait();
  }
}

}  // namespace
}  // namespace keisei::rl

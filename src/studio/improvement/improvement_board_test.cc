#include "studio/improvement/improvement_board.h"

#include <gmock/gmock.h>

#include <memory>

#include "studio/improvement/improvement_test_kit.h"

namespace keisei::studio {
namespace {

using protocol::Change;
using protocol::EvaluationFinished;
using protocol::Language;
using protocol::Level;
using protocol::Standing;
using protocol::Verdict;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::measured;
using testing::ShownBoard;

class ImprovementBoardTest : public ::testing::Test {
 protected:
  void tell(const EvaluationFinished& evaluation) {
    board_.on(Told<EvaluationFinished>{evaluation});
  }
  // An hour of evaluations, each with this result against the network of an hour ago.
  void tell_hour(double from, int wins, int draws, int losses) {
    for (int i = 0; i < 12; ++i) {
      const double minute = from + 5 * i;
      const auto update = static_cast<std::int64_t>(minute);
      EvaluationFinished evaluation =
          measured(update, minute, {{update - 60, wins, draws, losses}});
      evaluation.past_ages = {{update - 60, 3600}};
      tell(evaluation);
    }
  }
  protocol::Improvement shown(Level level = Level::intermediate, Language language = Language::en) {
    return board_.shown(level, language);
  }

  ShownBoard board_{RunBegan{testing::run("run")}};
};

TEST_F(ImprovementBoardTest, SaysThatNothingIsKnownBeforeTheFirstEvaluation) {
  const auto view = shown();
  EXPECT_EQ(view.run_id, "run");
  EXPECT_EQ(view.verdict, Verdict::unknown);
  EXPECT_THAT(view.headline, HasSubstr("ewer than 40 games"));
  EXPECT_FALSE(view.measured_at);
  EXPECT_FALSE(view.earlier);
  EXPECT_THAT(view.anchors, IsEmpty());
  EXPECT_THAT(view.standing, HasSubstr("No player that never learns has been met"));
}

TEST_F(ImprovementBoardTest, NamesTheEvidenceOfEachAnswer) {
  tell_hour(100, 26, 2, 12);
  auto view = shown();
  EXPECT_EQ(view.verdict, Verdict::better);
  EXPECT_EQ(view.headline,
            "Yes: 68% of the points against itself of about an hour ago, in 480 games.");
  EXPECT_EQ(view.evidence, "95 % interval 63% to 72%; 50% would mean as strong as then.");
  tell_hour(300, 12, 2, 26);
  view = shown();
  EXPECT_EQ(view.verdict, Verdict::weaker);
  EXPECT_THAT(view.headline, HasSubstr("No, it became weaker: 32% of the points"));
}

TEST_F(ImprovementBoardTest, SaysWhenItWasLastSeenToGetBetter) {
  tell_hour(100, 20, 0, 20);
  EXPECT_EQ(shown().verdict, Verdict::steady);
  EXPECT_EQ(shown().plateau, "") << "nothing has changed since";
  tell_hour(200, 30, 0, 10);
  EXPECT_EQ(shown().verdict, Verdict::better);
  tell_hour(400, 20, 0, 20);
  const auto view = shown();
  EXPECT_EQ(view.verdict, Verdict::no_longer);
  EXPECT_THAT(view.headline, HasSubstr("No longer: 50% of the points"));
  EXPECT_EQ(view.plateau, "It was last seen to get better 3.3 hours earlier, after update 255.");
}

TEST_F(ImprovementBoardTest, SaysPerhapsWhatIsNotCertain) {
  auto perhaps = measured(70, 70, {{10, 57, 0, 43}});
  perhaps.past_ages = {{10, 3600}};
  tell(perhaps);
  EXPECT_EQ(shown().verdict, Verdict::unclear);
  perhaps = measured(80, 80, {{10, 62, 0, 42}});
  perhaps.past_ages = {{10, 3600}};
  tell(perhaps);
  EXPECT_EQ(shown().verdict, Verdict::maybe_better);
  EXPECT_THAT(shown(Level::beginner).headline, HasSubstr("Perhaps."));
}

TEST_F(ImprovementBoardTest, PutsTheNetworkAmongPlayersThatNeverLearn) {
  auto one = measured(10, 10);
  one.elo = 500;
  one.elo_error = 60;
  one.anchor_scores = {{"material_one_ply", 0, 0, 0, 900, 20},
                       {"random_mover", 95, 3, 2, 0, 0},
                       {"capture_greedy", 24, 4, 12, 460, 20}};
  tell(one);
  const auto view = shown();
  ASSERT_EQ(view.anchors.size(), 3U);
  EXPECT_EQ(view.anchors[0].name, "random_mover") << "the weakest first";
  EXPECT_EQ(view.anchors[0].standing, Standing::above);
  EXPECT_EQ(view.anchors[1].standing, Standing::level);
  EXPECT_EQ(view.anchors[2].standing, Standing::below);
  EXPECT_EQ(view.standing,
            "Rated above: random mover. Level with: greedy taker. Rated below: piece counter.");
  EXPECT_EQ(view.anchors[1].text, "65% of the points in 40 games (50% to 78%).");
  EXPECT_EQ(view.anchors[2].text, "Not met in the last hour of evaluations.");
}

TEST_F(ImprovementBoardTest, AddsUpTheGamesAgainstAnAnchorOfAnHour) {
  for (int i = 0; i < 20; ++i) {
    auto one = measured(i + 1, 5.0 * i);
    one.anchor_scores = {{"random_mover", 10, 0, 0, 0, 0}};
    tell(one);
  }
  ASSERT_EQ(shown().anchors.size(), 1U);
  EXPECT_EQ(shown().anchors[0].games, 130) << "13 evaluations lie within an hour";
}

TEST_F(ImprovementBoardTest, ReadsTheRandomScoreOfTrainersThatTellNothingElse) {
  auto one = measured(10, 10);
  one.random_games = 100;
  one.random_score = 0.97;
  one.random_low = 0.91;
  one.random_high = 0.99;
  tell(one);
  const auto view = shown();
  ASSERT_EQ(view.anchors.size(), 1U);
  EXPECT_FALSE(view.anchors[0].elo) << "nobody said where it stands";
  EXPECT_EQ(view.standing, "Rated above: random mover.");
  EXPECT_EQ(view.verdict, Verdict::unknown) << "it says nothing of an earlier self";
}

TEST_F(ImprovementBoardTest, ComparesSkillsWithThoseOfAnHourBefore) {
  auto then = measured(10, 0);
  then.skills = {{"mate_in_one", 5, 100}, {"save_rook", 50, 100}, {"take_hanging", 80, 100}};
  tell(then);
  auto now = measured(70, 60);
  now.skills = {{"mate_in_one", 40, 100},
                {"save_rook", 55, 100},
                {"take_hanging", 20, 100},
                {"own_skill", 1, 4}};
  tell(now);
  const auto view = shown();
  EXPECT_EQ(view.before, "about an hour earlier");
  ASSERT_EQ(view.skills.size(), 4U);
  EXPECT_EQ(view.skills[0].change, Change::risen);
  EXPECT_EQ(view.skills[1].change, Change::unclear);
  EXPECT_EQ(view.skills[2].change, Change::fallen);
  EXPECT_EQ(view.skills[3].change, Change::unknown);
  EXPECT_EQ(view.skills[3].title, "own_skill") << "its trainer's word";
  EXPECT_EQ(view.skills[0].text, "Mate in 1: 40% (31% to 50%), before 5.0% (2.2% to 11%): better.");
}

TEST_F(ImprovementBoardTest, NamesEarlierSelvesByTheirUpdate) {
  tell(measured(0, 0));
  tell(measured(30, 20));
  tell(measured(64, 58, {{30, 20, 0, 20}, {0, 40, 0, 0}}));
  const auto view = shown();
  ASSERT_EQ(view.selves.size(), 2U);
  EXPECT_EQ(view.selves[0].title, "the network before any learning, about an hour earlier");
  EXPECT_EQ(view.selves[1].title, "the network after update 30, 38 minutes earlier");
  EXPECT_EQ(view.selves[1].style, "") << "no game of then is known";
}

TEST_F(ImprovementBoardTest, SpeaksJapanese) {
  tell_hour(100, 26, 2, 12);
  const auto view = shown(Level::beginner, Language::ja);
  EXPECT_EQ(view.headline, "強くなっています。約1時間前の自分を相手に得点率68%です（480局）。");
  EXPECT_EQ(view.rule, "");
  EXPECT_THAT(shown(Level::advanced, Language::ja).rule, HasSubstr("99.5%信頼区間"));
}

TEST_F(ImprovementBoardTest, ComparesNothingWithWhatAResumeLeftBehind) {
  tell_hour(100, 40, 0, 0);
  EXPECT_EQ(shown().verdict, Verdict::better);
  protocol::TrainerMetrics update{};
  update.update = 90;
  board_.on(UpdateLearned{update, 2});
  const auto view = shown();
  EXPECT_EQ(view.segment, 2);
  EXPECT_EQ(view.verdict, Verdict::unknown);
  EXPECT_FALSE(view.measured_at);
}

TEST_F(ImprovementBoardTest, SaysTheSameAfterARestart) {
  const auto memory = std::make_shared<store::RunMemory>();
  const auto learn = [&](std::int64_t update, int segment) {
    store::KeptUpdate kept{"run", segment, {}};
    kept.metrics.update = update;
    memory->updates.push_back(kept);
    board_.on(UpdateLearned{kept.metrics, segment});
  };
  const auto measure = [&](std::int64_t update, double minute, int segment, int wins) {
    auto one = measured(update, minute, {{0, wins, 0, 40 - wins}});
    one.skills = {{"mate_in_one", wins, 40}};
    memory->evaluations.push_back({"run", segment, one});
    tell(one);
  };
  const auto game = testing::TrainerGame(1, testing::long_moves(80)).finish();
  memory->finished.push_back({"run", 1, game});
  board_.on(GameEnded{game});
  learn(1, 1);
  measure(0, 0, 1, 20);
  for (int i = 1; i <= 12; ++i) {
    learn(10 * i, 1);
    measure(10 * i, 5.0 * i, 1, 35);
  }
  learn(60, 2);  // from the checkpoint of update 59
  for (int i = 6; i <= 16; ++i) {
    learn(10 * i + 5, 2);
    measure(10 * i + 5, 40 + 5.0 * i, 2, 22);
  }
  memory->segment = 2;
  const ShownBoard again(RunBegan{testing::run("run"), memory});
  for (const Level level : enumerators<Level>()) {
    EXPECT_EQ(protocol::encode(shown(level), 1, 1), protocol::encode(again.shown(level), 1, 1));
    EXPECT_NE(shown(level).verdict, Verdict::unknown);
  }
}

}  // namespace
}  // namespace keisei::studio

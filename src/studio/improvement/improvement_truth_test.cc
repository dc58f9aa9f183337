#include <gmock/gmock.h>

#include <rapidcheck/gtest.h>

#include "studio/improvement/improvement_judge.h"
#include "studio/improvement/improvement_test_kit.h"

// No sentence of "Is it getting better?" contradicts a number in the same frame, whatever is
// measured, at every level and in both languages.
namespace keisei::studio {
namespace {

using protocol::Language;
using protocol::Level;
using testing::ImprovementJudge;
using testing::measured;
using testing::ShownBoard;

int up_to(int most) { return *rc::gen::inRange(0, most + 1); }

// Often near where a verdict changes.
protocol::PastScore any_match(std::int64_t opponent) {
  const int games = *rc::gen::element(0, 39, 40, 41, 100, 240, 480, 5000);
  const int draws = up_to(games / 2);
  const int decided = games - draws;
  const int tilt = *rc::gen::inRange(-12, 13);
  const int wins = std::clamp(decided / 2 + tilt * decided / 60, 0, decided);
  return {opponent, wins, draws, decided - wins};
}

protocol::Number any_elo(int most) {
  return up_to(4) == 0 ? protocol::Number() : protocol::Number(up_to(most));
}

protocol::EvaluationFinished any_evaluation(std::int64_t update, double minute) {
  protocol::EvaluationFinished one = measured(update, minute);
  for (int i = up_to(3); i > 0; --i) {
    const std::int64_t opponent = up_to(static_cast<int>(update));
    one.past_scores.push_back(any_match(opponent));
    if (up_to(2) > 0) one.past_ages.push_back({opponent, 60.0 * up_to(120)});
  }
  one.elo = any_elo(1000);
  one.elo_error = any_elo(100);
  for (const char* name : {"random_mover", "capture_greedy", "own"}) {
    if (up_to(2) == 0) continue;
    one.anchor_scores.push_back({name, up_to(30), up_to(5), up_to(30), any_elo(1000), any_elo(50)});
  }
  if (up_to(1) == 0) {
    one.random_games = up_to(100);
    one.random_score = up_to(100) / 100.0;
    one.random_low = std::max(0.0, *one.random_score - 0.1);
    one.random_high = std::min(1.0, *one.random_score + 0.1);
  }
  for (const char* name : {"mate_in_one", "save_rook"}) {
    const int trials = up_to(100);
    one.skills.push_back({name, up_to(trials), trials});
  }
  return one;
}

RC_GTEST_PROP(ImprovementTruth, ContradictsNoNumberWhateverIsMeasured, ()) {
  ShownBoard board(RunBegan{testing::run("run")});
  ImprovementJudge judge;
  std::int64_t update = 0;
  double minute = 0;
  for (int i = up_to(20); i > 0; --i) {
    board.on(Told<protocol::EvaluationFinished>{any_evaluation(update, minute)});
    update += up_to(20);
    minute += up_to(20);
    for (const Level level : enumerators<Level>()) {
      for (const Language language : enumerators<Language>()) {
        const protocol::Improvement view = board.shown(level, language);
        for (const std::string& one : judge.contradictions(view)) {
          RC_FAIL(std::string(to_string(level)) + " " + std::string(to_string(language)) + ": " +
                  one);
        }
        RC_ASSERT(view.verdict == board.shown().verdict);
      }
    }
  }
}

protocol::Improvement sound_view() {
  ShownBoard board(RunBegan{testing::run("run")});
  board.on(Told<protocol::EvaluationFinished>{measured(0, 0)});
  auto one = measured(60, 60, {{0, 70, 0, 30}});
  one.skills = {{"mate_in_one", 50, 100}};
  board.on(Told<protocol::EvaluationFinished>{one});
  return board.shown();
}

TEST(ImprovementJudge, FindsWhatIsNotSo) {
  ImprovementJudge judge;
  EXPECT_THAT(judge.contradictions(sound_view()), ::testing::IsEmpty());
  const auto finds = [&](auto change) {
    protocol::Improvement view = sound_view();
    change(view);
    return !judge.contradictions(view).empty();
  };
  EXPECT_TRUE(finds([](auto& view) { view.verdict = protocol::Verdict::unclear; }));
  EXPECT_TRUE(finds([](auto& view) { view.verdict = protocol::Verdict::weaker; }));
  EXPECT_TRUE(finds([](auto& view) { view.earlier->score = 0.6; }));
  EXPECT_TRUE(finds([](auto& view) { view.earlier->low = 0.5; }));
  EXPECT_TRUE(finds([](auto& view) { view.earlier.reset(); }));
  EXPECT_TRUE(finds([](auto& view) { view.headline = "Yes: 71% in 100 games."; }));
  EXPECT_TRUE(finds([](auto& view) { view.plateau = "It was better once."; }));
  EXPECT_TRUE(finds([](auto& view) { view.skills[0].change = protocol::Change::risen; }));
  EXPECT_TRUE(finds([](auto& view) { view.skills[0].text = "much better"; }));
}

}  // namespace
}  // namespace keisei::studio

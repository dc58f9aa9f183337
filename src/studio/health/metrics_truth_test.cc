#include <gmock/gmock.h>

#include <rapidcheck/gtest.h>
#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "protocol/codec.h"
#include "studio/health/health_judge.h"
#include "studio/studio_fixture.h"

// No sentence contradicts a number in the same frame, whatever a trainer reports.
namespace keisei::studio {
namespace {

using namespace std::chrono_literals;
using protocol::Language;
using protocol::Level;
using testing::HealthJudge;

class MetricsTruth : public StudioTest {
 protected:
  MetricsTruth() {
    connect();
    StudioTest::tell(run());
  }

  template <class Event>
  void learn(const Event& event) {
    // As the studio hears it, with as many digits as telemetry has.
    judge_.hear(protocol::decode<Event>(protocol::encode(event, 1, 1)).value());
    StudioTest::tell(event);
    pass(200ms);
  }

  // Of the newest frame, in all of its variants.
  std::vector<std::string> contradictions() const {
    const auto frame = std::find_if(frames_.rbegin(), frames_.rend(),
                                    [](const auto& one) { return type_of(one) == "ppo_metrics"; });
    std::vector<std::string> all;
    for (const Level level : enumerators<Level>()) {
      for (const Language language : enumerators<Language>()) {
        const auto& text = *(*frame)->variants[protocol::variant_index(level, language)];
        const auto view = protocol::decode<protocol::PpoMetrics>(text);
        if (!view) return {view.error().message};
        for (const std::string& one : judge_.contradictions(*view, level, language)) {
          all.push_back(std::string(to_string(level)) + " " + std::string(to_string(language)) +
                        ": " + one);
        }
      }
    }
    return all;
  }

  HealthJudge judge_{0.2};
};

// Often near where a band ends, sometimes absurd, sometimes not reported.
protocol::Number any_value(double cut, double least, double most) {
  const int kind = *rc::gen::inRange(0, 10);
  if (kind == 0) return std::nullopt;
  if (kind == 1) return *rc::gen::element(least, most, 1e-300);
  if (kind < 5) return std::clamp(cut * *rc::gen::inRange(80, 120) / 100, least, most);
  const double size = std::pow(10, *rc::gen::inRange(-300, 50) / 100.0);
  return std::clamp(size * cut, least, most);
}

protocol::TrainerMetrics any_update(std::int64_t number, int time) {
  constexpr std::array kKlCuts = {0.003, 0.02, 0.05};
  constexpr std::array kClipCuts = {0.02, 0.2, 0.35};
  constexpr std::array kEntropyCuts = {0.05, 0.15, 0.8};
  const auto one_of = [](const auto& cuts) {
    return cuts[*rc::gen::inRange<std::size_t>(0, cuts.size())];
  };
  protocol::TrainerMetrics update{};
  update.update = number;
  update.emitted_at = time;
  update.metrics["ppo/kl_divergence_approx"] = any_value(one_of(kKlCuts), 0, 1e300);
  update.metrics["ppo/clip_fraction"] = any_value(one_of(kClipCuts), 0, 1);
  update.metrics["ppo/entropy"] = any_value(3 * one_of(kEntropyCuts), 0, 1e300);
  update.metrics["ppo/entropy_max"] = 3;
  update.metrics["ppo/explained_variance"] =
      any_value(*rc::gen::element(-0.05, 0.05, 0.5), -1e300, 1);
  update.metrics["ppo/learning_rate"] = any_value(0.001, -1e300, 1e300);
  update.metrics["ppo/value_loss"] = any_value(0.5, -1e300, 1e300);
  update.metrics["ppo/target_kl"] = any_value(0.012, 0, 1e300);
  update.metrics["ppo/first_kl"] = any_value(0.0005, 0, 1e300);
  update.metrics["ppo/planned_share"] = any_value(1, 0, 1);
  update.games = number * *rc::gen::element(0, 7, 20, 20, 20, 20, 20);
  update.metrics["games/mean_length"] = any_value(100, 0, 1e300);
  const int black = *rc::gen::inRange(0, 21);
  update.metrics["games/black_win_share"] = black / 20.0;
  update.metrics["games/white_win_share"] = *rc::gen::inRange(0, 21 - black) / 20.0;
  return update;
}

std::int64_t any_up_to(std::int64_t last) { return *rc::gen::inRange<std::int64_t>(1, last + 1); }

protocol::EvaluationFinished any_evaluation(std::int64_t update, int time) {
  protocol::EvaluationFinished finished{};
  finished.update = update;
  finished.emitted_at = time;
  finished.random_games = 100;
  finished.random_score = *rc::gen::inRange(0, 101) / 100.0;
  finished.random_low = std::max(0.0, *finished.random_score - 0.1);
  finished.random_high = std::min(1.0, *finished.random_score + 0.1);
  const int wins = *rc::gen::inRange(0, 101);
  finished.past_scores = {{*rc::gen::inRange<std::int64_t>(0, update + 1), wins, 0, 100 - wins}};
  finished.past_ages = {{finished.past_scores[0].update, 3600}};
  return finished;
}

RC_GTEST_FIXTURE_PROP(MetricsTruth, ContradictsNoNumberWhateverIsReported, ()) {
  const int updates = *rc::gen::inRange(1, 16);
  std::int64_t number = 0;
  for (int time = 1; time <= updates; ++time) {
    // Sometimes it is resumed from an older update.
    number = *rc::gen::inRange(0, 8) == 0 ? any_up_to(number + 1) : number + 1;
    learn(any_update(number, time));
    // Sometimes of an older network than the one before.
    if (*rc::gen::inRange(0, 4) == 0) learn(any_evaluation(any_up_to(number), time));
    for (const std::string& one : contradictions()) RC_FAIL(one);
  }
}

TEST_F(MetricsTruth, IsNotWorriedByANetworkThatForeseesNothingYet) {
  for (int number = 1; number <= 5; ++number) {
    auto update = metrics(number);
    update.metrics["ppo/explained_variance"] = number % 2 == 0 ? 0.02 : -0.01;
    learn(update);
  }
  EXPECT_THAT(contradictions(), ::testing::IsEmpty());
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr(R"("educational":{"level":"healthy")"));
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr(R"("state":"foresees nothing yet")"));
}

TEST_F(MetricsTruth, PutsAForecastThatIsWorseThanNoneIntoTheHeadline) {
  for (int number = 1; number <= 3; ++number) {
    auto update = metrics(number);
    update.metrics["ppo/explained_variance"] = -0.2;
    learn(update);
  }
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr(R"("educational":{"level":"learning")"));
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr("worse than a fixed guess"));
}

// What every page showed for a while: one big step among steady ones, and the other way round.
TEST_F(MetricsTruth, ContradictsNoNumberWhenOneUpdateIsUnlikeTheOthers) {
  int number = 0;
  for (const double kl : {0.012, 0.011, 0.013, 0.043, 0.022, 0.06, 0.07, 0.014, 0.08, 0.014}) {
    learn(metrics(++number, kl));
    EXPECT_THAT(contradictions(), ::testing::IsEmpty()) << "update " << number;
  }
}

TEST_F(MetricsTruth, PutsACollapsedEntropyIntoTheHeadline) {
  for (int number = 1; number <= 3; ++number) {
    auto update = metrics(number);
    update.metrics["ppo/entropy"] = 0.05;
    update.metrics["ppo/entropy_max"] = 3;
    learn(update);
  }
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr(R"("educational":{"level":"exploring")"));
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr("Curiosity (entropy): almost fixed"));
  EXPECT_THAT(last("ppo_metrics"),
              ::testing::HasSubstr(R"("next":"Curiosity (entropy): look next at draws)"));
}

TEST_F(MetricsTruth, SaysThatItBecameWeakerBecauseOfGamesAndOfNothingElse) {
  const auto evaluation = [](std::int64_t update, double minute, int wins, int losses) {
    protocol::EvaluationFinished finished{};
    finished.update = update;
    finished.emitted_at = 1e9 + 60 * minute;
    finished.past_scores = {{0, wins, 0, losses}};
    return finished;
  };
  for (int number = 1; number <= 5; ++number) learn(metrics(number));
  learn(evaluation(0, 0, 0, 0));
  learn(evaluation(4, 60, 18, 22));
  EXPECT_THAT(last("ppo_metrics"), ::testing::Not(::testing::HasSubstr("weaker")));
  learn(evaluation(5, 65, 15, 105));
  EXPECT_THAT(last("ppo_metrics"),
              ::testing::HasSubstr("weaker: 21% of the points in 160 games against an earlier"));
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr(R"("educational":{"level":"learning")"));
  EXPECT_THAT(last("improvement"), ::testing::HasSubstr(R"("verdict":"weaker")"));
  EXPECT_THAT(contradictions(), ::testing::IsEmpty());
}

TEST_F(MetricsTruth, IsNotAllRightWhileAMetricIsSilentThatWasReported) {
  for (int number = 1; number <= 5; ++number) learn(metrics(number));
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr(R"("educational":{"level":"healthy")"));
  for (int number = 6; number <= 10; ++number) {
    auto update = metrics(number);
    update.metrics.erase("ppo/clip_fraction");
    learn(update);
    EXPECT_THAT(contradictions(), ::testing::IsEmpty());
  }
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr(R"("educational":{"level":"learning")"));
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr(": no longer reported"));
}

TEST_F(MetricsTruth, NamesTheWorstTwoAndCountsTheRest) {
  for (int number = 1; number <= 3; ++number) {
    auto update = metrics(number, 0.06);
    update.metrics["ppo/clip_fraction"] = 0.25;
    update.metrics["ppo/entropy"] = 0.05;
    update.metrics["ppo/entropy_max"] = 3;
    update.metrics["ppo/explained_variance"] = -0.2;
    learn(update);
  }
  EXPECT_THAT(contradictions(), ::testing::IsEmpty());
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr("; and 2 more"));
}

TEST_F(MetricsTruth, NamesTheRunsOwnTargetAndItsEarlyStops) {
  for (int number = 1; number <= 5; ++number) {
    auto update = metrics(number);
    update.metrics["ppo/target_kl"] = 0.012;
    update.metrics["ppo/planned_share"] = number % 2 == 0 ? 0.5 : 1;
    learn(update);
  }
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr("run aims at 0.012, ε²/2 = 0.02"));
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr("2 of the last 5 updates stopped early"));
}

TEST_F(MetricsTruth, TellsThatTheLearningRateHasChanged) {
  auto update = metrics(1);
  update.metrics["ppo/learning_rate"] = 0.001;
  learn(update);
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr(R"("remarks":[])"));
  update.update = 2;
  update.metrics["ppo/learning_rate"] = 0.0005;
  learn(update);
  EXPECT_THAT(last("ppo_metrics"),
              ::testing::HasSubstr("The learning rate fell from 0.001 to 0.0005"));
  EXPECT_THAT(last("ppo_metrics", Level::beginner), ::testing::HasSubstr(R"("remarks":[])"));
}

TEST_F(MetricsTruth, HoldsClippingAgainstWhatItsStepLetsExpect) {
  const auto clipped = [&](std::int64_t number, double kl, double share) {
    auto update = metrics(number, kl);
    update.metrics["ppo/clip_fraction"] = share;
    learn(update);
    return last("ppo_metrics", Level::advanced);
  };
  EXPECT_THAT(clipped(1, 0.02, 0.1), ::testing::HasSubstr("Far fewer in the newest update than the "
                                                          "32% expected"));
  EXPECT_THAT(clipped(2, 0.02, 0.3), ::testing::HasSubstr("Expected is 32%"));
  EXPECT_THAT(clipped(3, 0.02, 0.5), ::testing::HasSubstr("Far more in the newest update than the "
                                                          "32% expected"));
  EXPECT_THAT(clipped(4, 0.001, 0.5), ::testing::HasSubstr("Expected is"))
      << "a small step says nothing of its few clipped samples";
}

TEST_F(MetricsTruth, ClaimsNothingOfStepsWithoutAClipRange) {
  auto resumed = run();
  resumed.clip_epsilon = 0;
  StudioTest::tell(resumed);
  for (int number = 1; number <= 3; ++number) learn(metrics(number));
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr("there is no clip range"));
  EXPECT_THAT(last("ppo_metrics"), ::testing::Not(::testing::HasSubstr("expected at this KL")));
}

TEST_F(MetricsTruth, SaysWhatToLookAtWhenTheSelfTestFails) {
  auto update = metrics(1);
  update.metrics["ppo/first_kl"] = 1e-9;
  learn(update);
  EXPECT_THAT(last("ppo_metrics", Level::advanced), ::testing::HasSubstr("Self-test passed"));
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr(R"("next":"")"));
  update.update = 2;
  update.metrics["ppo/first_kl"] = 0.01;
  learn(update);
  EXPECT_THAT(last("ppo_metrics", Level::advanced), ::testing::HasSubstr("Self-test failed"));
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr("Look next for a difference"));
  EXPECT_THAT(last("ppo_metrics"), ::testing::HasSubstr(R"("educational":{"level":"learning")"));
}

}  // namespace
}  // namespace keisei::studio

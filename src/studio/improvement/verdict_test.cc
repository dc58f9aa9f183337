#include "studio/improvement/verdict.h"

#include <gmock/gmock.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <random>
#include <vector>

namespace keisei::studio {
namespace {

using protocol::EvaluationFinished;
using protocol::Verdict;

constexpr double kMinute = 60;

/// A run that is evaluated every few minutes, as keisei-train does it: against the network that is
/// nearest to an hour old, or before there is one the first.
class SimulatedRun {
 public:
  struct Ways {
    double every = 5;  // minutes
    int games = 40;
    double draws = 0;  // share of the games
    std::function<double(double minute)> elo;
  };

  SimulatedRun(Ways ways, unsigned seed) : ways_(std::move(ways)), random_(seed) {}

  double minute() const { return ways_.every * static_cast<double>(count_ - 1); }

  Verdict next() {
    EvaluationFinished evaluation{};
    evaluation.update = count_++;
    evaluation.emitted_at = 1e9 + kMinute * minute();
    const auto back = static_cast<std::int64_t>(std::lround(60 / ways_.every));
    if (evaluation.update > 0) {
      const bool has_hour = minute() >= 45;
      play(evaluation, has_hour ? std::max<std::int64_t>(0, evaluation.update - back) : 0);
    }
    log_.hear(evaluation);
    rule_.look(log_);
    return rule_.verdict();
  }
  const VerdictRule& rule() const { return rule_; }

 private:
  // Draws are as likely whatever the strength, as far as the score allows.
  void play(EvaluationFinished& evaluation, std::int64_t opponent) {
    const double then = ways_.elo(ways_.every * static_cast<double>(opponent));
    const double score = 1 / (1 + std::pow(10, -(ways_.elo(minute()) - then) / 400));
    const double draw = std::min({ways_.draws, 2 * score, 2 * (1 - score)});
    protocol::PastScore result{opponent, 0, 0, 0};
    std::uniform_real_distribution<double> uniform;
    for (int i = 0; i < ways_.games; ++i) {
      const double at = uniform(random_);
      ++(at < draw ? result.draws : at < draw / 2 + score ? result.wins : result.losses);
    }
    evaluation.past_scores = {result};
  }

  Ways ways_;
  std::mt19937 random_;
  std::int64_t count_ = 0;
  EvaluationLog log_;
  VerdictRule rule_;
};

bool is_better(Verdict verdict) { return verdict == Verdict::better; }
bool is_weaker(Verdict verdict) { return verdict == Verdict::weaker; }
bool is_steady(Verdict verdict) {
  return verdict == Verdict::steady || verdict == Verdict::no_longer;
}

SimulatedRun::Ways drifting(double elo_per_hour, double draws = 0) {
  return {.draws = draws, .elo = [=](double minute) { return elo_per_hour * minute / 60; }};
}

/// Of many runs: shares of the verdicts between two moments, and of runs that say it ever there.
struct Rates {
  double moments;
  double runs;
};
Rates rates(const SimulatedRun::Ways& ways, double from, double to, bool (*is)(Verdict),
            int runs = 1000) {
  int moments = 0, said = 0, runs_that_say = 0;
  for (int i = 0; i < runs; ++i) {
    SimulatedRun run(ways, static_cast<unsigned>(i) + 1);
    bool ever = false;
    do {
      const bool says = is(run.next());
      if (run.minute() < from) continue;
      ++moments;
      said += says ? 1 : 0;
      ever = ever || says;
    } while (run.minute() < to);
    runs_that_say += ever ? 1 : 0;
  }
  return {1.0 * said / moments, 1.0 * runs_that_say / runs};
}

Rates false_alarms(const SimulatedRun::Ways& ways) {
  return rates(ways, 0, 240, [](Verdict one) { return is_better(one) || is_weaker(one); });
}

TEST(VerdictRule, SeldomCallsARunBetterOrWeakerThatIsNot) {
  for (const double draws : {0.0, 0.3, 0.8}) {
    const Rates alarms = false_alarms(drifting(0, draws));
    RecordProperty("moments_" + std::to_string(draws), std::to_string(alarms.moments));
    RecordProperty("runs_" + std::to_string(draws), std::to_string(alarms.runs));
    EXPECT_LT(alarms.moments, 0.01) << draws;
    EXPECT_LT(alarms.runs, 0.17) << draws << ": of four hours with 49 verdicts";
  }
}

TEST(VerdictRule, SeldomIsWrongInAnyHourOfARunThatDoesNotChange) {
  for (const double draws : {0.0, 0.3}) {
    const Rates alarms = rates(drifting(0, draws), 120, 180,
                               [](Verdict one) { return is_better(one) || is_weaker(one); });
    RecordProperty("hour_" + std::to_string(draws), std::to_string(alarms.runs));
    EXPECT_LT(alarms.runs, 0.05) << draws;
  }
}

TEST(VerdictRule, SeesAHundredEloAnHourAfterAnHourOfGames) {
  for (const double draws : {0.0, 0.3, 0.6}) {
    EXPECT_GT(rates(drifting(100, draws), 105, 105, is_better).moments, 0.99) << draws;
    EXPECT_GT(rates(drifting(-100, draws), 105, 105, is_weaker).moments, 0.99) << draws;
    // Half of that time is nearly enough.
    const double soon = rates(drifting(100, draws), 75, 75, is_better).moments;
    RecordProperty("after_75_minutes_" + std::to_string(draws), std::to_string(soon));
    EXPECT_GT(soon, 0.9) << draws;
  }
}

TEST(VerdictRule, HardlyEverSaysTheOppositeOfSuchARun) {
  EXPECT_LT(rates(drifting(100), 0, 180, is_weaker).runs, 0.02);
  EXPECT_LT(rates(drifting(-100), 0, 180, is_better).runs, 0.02);
  EXPECT_LT(rates(drifting(100), 105, 180, is_steady).runs, 0.01);
  EXPECT_LT(rates(drifting(-100), 105, 180, is_steady).runs, 0.01);
}

TEST(VerdictRule, CallsARunSteadyThatStaysAsItIs) {
  const Rates steady = rates(drifting(0), 120, 240, is_steady);
  RecordProperty("steady", std::to_string(steady.moments));
  EXPECT_GT(steady.moments, 0.8);
  EXPECT_LT(rates(drifting(VerdictRule::kSteadyElo), 120, 120, is_steady).moments, 0.045);
}

TEST(VerdictRule, SaysAloudWhenARunNoLongerGetsBetter) {
  // 150 Elo an hour for two hours, then nothing.
  SimulatedRun::Ways ways;
  ways.elo = [](double minute) { return 150 * std::min(minute, 120.0) / 60; };
  EXPECT_GT(rates(ways, 115, 115, is_better).moments, 0.99);
  const auto plateau = [](Verdict one) { return one == Verdict::no_longer; };
  EXPECT_GT(rates(ways, 240, 300, plateau).moments, 0.8);
  SimulatedRun run(ways, 3);
  while (run.minute() < 300) run.next();
  ASSERT_TRUE(run.rule().last_better());
  EXPECT_THAT(run.rule().last_better()->at - 1e9,
              ::testing::AllOf(::testing::Gt(115 * kMinute), ::testing::Lt(240 * kMinute)));
}

EvaluationFinished measured(std::int64_t update, double minute,
                            std::vector<protocol::PastScore> scores) {
  EvaluationFinished finished{};
  finished.update = update;
  finished.emitted_at = 1e9 + kMinute * minute;
  finished.past_scores = std::move(scores);
  return finished;
}

TEST(VerdictRule, SaysNothingWithoutGamesAgainstAnEarlierSelf) {
  EvaluationLog log;
  VerdictRule rule;
  EvaluationFinished only_random = measured(5, 0, {});
  only_random.random_score = 1;
  log.hear(only_random);
  rule.look(log);
  EXPECT_EQ(rule.verdict(), Verdict::unknown);
  EXPECT_FALSE(rule.earlier());
  log.hear(measured(9, 60, {{5, 20, 0, 0}}));
  rule.look(log);
  EXPECT_EQ(rule.verdict(), Verdict::unknown) << "20 games are too few";
}

TEST(VerdictRule, TakesAYoungRunsOldestSelf) {
  EvaluationLog log;
  VerdictRule rule;
  log.hear(measured(0, 0, {}));
  log.hear(measured(10, 4, {{0, 20, 10, 10}}));
  log.hear(measured(20, 8, {{0, 38, 1, 1}, {10, 20, 0, 20}}));
  rule.look(log);
  EXPECT_EQ(rule.verdict(), Verdict::better);
  ASSERT_TRUE(rule.earlier());
  EXPECT_EQ(rule.earlier()->games.count(), 40);
  EXPECT_EQ(rule.earlier()->games.wins, 38) << "of the newest evaluation alone";
  EXPECT_NEAR(rule.earlier()->age, 8 * kMinute, 1);
  EXPECT_FALSE(rule.earlier()->is_hour);
}

TEST(VerdictRule, AddsUpTheGamesOfAnHourAgainstNetworksOfAnHourBefore) {
  EvaluationLog log;
  VerdictRule rule;
  log.hear(measured(0, 0, {}));
  log.hear(measured(1, 10, {}));
  log.hear(measured(60, 60, {{0, 30, 0, 10}, {1, 30, 0, 10}}));
  log.hear(measured(65, 65, {{1, 30, 0, 10}, {60, 0, 0, 40}}));
  rule.look(log);
  EXPECT_EQ(rule.earlier()->games.count(), 120) << "that of 5 minutes ago is no hour old";
  EXPECT_TRUE(rule.earlier()->is_hour);
  EXPECT_NEAR(rule.earlier()->age, (60 + 50 + 55) / 3.0 * kMinute, 1);
  log.hear(measured(130, 130, {{65, 40, 0, 40}}));
  rule.look(log);
  EXPECT_EQ(rule.earlier()->games.count(), 80) << "the others were measured more than an hour ago";
}

TEST(VerdictRule, ForgetsThatItWasBetterOnABranchThatIsLeftBehind) {
  EvaluationLog log;
  VerdictRule rule;
  log.hear(measured(0, 0, {}));
  log.hear(measured(60, 60, {{0, 90, 0, 10}}));
  rule.look(log);
  EXPECT_EQ(rule.verdict(), Verdict::better);
  log.forget_from(30);
  log.hear(measured(40, 70, {{0, 400, 0, 400}}));
  rule.look(log);
  EXPECT_EQ(rule.verdict(), Verdict::steady) << "and not: no longer";
}

}  // namespace
}  // namespace keisei::studio

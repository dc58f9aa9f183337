#include "curve_report.h"

#include <fmt/format.h>

#include <string>

#include "harness/machine.h"
#include "harness/report.h"
#include "rl/evaluation/interval.h"
#include "rl/evaluation/rating.h"

using namespace keisei;

namespace {

constexpr double kBar = 0.90;  // against the random mover, within the time and still at its end

rl::Interval interval_of(const rl::MatchScore& score) {
  return rl::wilson_interval(score.score(), score.games());
}

std::string score_json(const rl::MatchScore& score) {
  const rl::Interval interval = interval_of(score);
  return fmt::format(R"("win_rate_vs_random":{:.4f},"ci95_low":{:.4f},"ci95_high":{:.4f},)"
                     R"("wins":{},"draws":{},"losses":{})",
                     score.score(), interval.low, interval.high, score.wins, score.draws,
                     score.losses);
}

// A score with its interval under names of its own; null if there were no games.
void add_score(harness::Report& report, const std::string& name, const rl::MatchScore& score) {
  if (score.games() == 0) {
    report.json_value(name, "null");
    return;
  }
  const rl::Interval interval = interval_of(score);
  report.figure(name, score.score())
      .figure(name + "_low", interval.low)
      .figure(name + "_high", interval.high);
}

std::string skills_json(const std::vector<rl::SkillScore>& skills) {
  std::string json;
  for (std::size_t i = 0; i < skills.size(); ++i) {
    const rl::SkillScore& score = skills[i];
    const rl::Interval interval = rl::wilson_interval(score.success(), score.questions);
    json += fmt::format(
        R"({}"{}":{{"success":{:.3f},"ci95_low":{:.3f},"ci95_high":{:.3f},"probability":{:.3f},)"
        R"("chance":{:.3f}}})",
        i == 0 ? "" : ",", skill_name(rl::kSkills[i]), score.success(), interval.low, interval.high,
        score.probability, score.chance);
  }
  return json;
}

// On the scale of evaluations, of which the opponent has 0.
rl::Rating rating_of(const rl::MatchScore& score) {
  const rl::Pairing pairing{
      .first = 1, .second = 0, .wins = score.wins, .draws = score.draws, .losses = score.losses};
  return rl::rate(2, {&pairing, 1})[1];
}

}  // namespace

void print_json(const Curve& curve, const rl::Options& options) {
  std::string points;
  for (const Point& point : curve.points) {
    points += fmt::format(R"({}{{"minutes":{:.3f},"samples":{},{},"skills":{{{}}}}})",
                          points.empty() ? "" : ",", point.minutes, point.samples,
                          score_json(point.score), skills_json(point.skills));
  }
  const auto samples = static_cast<double>(curve.points.back().samples);
  const rl::MatchScore& final_score = curve.final_score;
  const rl::MatchScore& start = curve.against_start;
  const rl::Interval interval = interval_of(final_score);
  const rl::Rating over_start = rating_of(start);
  harness::Report report("learn");
  report.word("preset", options.run.preset)
      .word("reward", options.reward.shaped ? "shaped" : "terminal")
      .figure("seed", static_cast<double>(curve.seed))
      .figure("minutes", curve.seconds / 60)
      .figure("samples", samples)
      .figure("samples_per_s", samples / (60 * curve.points.back().minutes))
      .figure("threads", options.run.threads)
      .figure("win_rate_vs_random", final_score.score(), harness::at_least(kBar))
      .figure("ci95_low", interval.low)
      .figure("ci95_high", interval.high)
      .figure("wins", final_score.wins)
      .figure("draws", final_score.draws)
      .figure("losses", final_score.losses)
      .figure("final_games", final_score.games())
      .figure("elo_vs_start", over_start.elo)
      .figure("elo_vs_start_low", over_start.low)
      .figure("elo_vs_start_high", over_start.high);
  report.figure("explained_variance", curve.explained_variance);
  add_score(report, "score_vs_start", start);
  add_score(report, "score_vs_two_minutes_old", curve.against_two_minutes);
  report.figure("suite", static_cast<double>(rl::kSuiteVersion))
      .json_value("curve", "[" + points + "]")
      .print(true);
}

void print_text(const Curve& curve, const rl::Options& options) {
  fmt::print("learn: preset {}, {} reward, seed {} ({})\n", options.run.preset,
             options.reward.shaped ? "shaped" : "terminal", curve.seed, harness::machine_text());
  fmt::print("  minutes  samples  score against random");
  for (const rl::Skill skill : rl::kSkills) fmt::print("  {}", skill_name(skill));
  fmt::print("\n");
  for (const Point& point : curve.points) {
    const auto interval = interval_of(point.score);
    fmt::print("  {:7.2f}  {:7}  {:5.1f} %  [{:.1f}, {:.1f}]", point.minutes, point.samples,
               100 * point.score.score(), 100 * interval.low, 100 * interval.high);
    for (std::size_t i = 0; i < point.skills.size(); ++i) {
      const int width = static_cast<int>(skill_name(rl::kSkills[i]).size());
      fmt::print("  {:>{}}", fmt::format("{:.1f} %", 100 * point.skills[i].success()), width);
    }
    fmt::print("\n");
  }
  fmt::print("  (sampled policy, draws half; skills: how often its most probable move is right)\n");
  const auto interval = rl::wilson_interval(curve.final_score.score(), curve.final_score.games());
  fmt::print(
      "  at the end, {} games: {:.1f} % [{:.1f}, {:.1f}], bar {:.0f} %: {}; Elo over its "
      "start {:+.0f}",
      curve.final_score.games(), 100 * curve.final_score.score(), 100 * interval.low,
      100 * interval.high, 100 * kBar, curve.final_score.score() >= kBar ? "met" : "MISSED",
      rating_of(curve.against_start).elo);
  if (curve.against_two_minutes.games() > 0) {
    const auto early = interval_of(curve.against_two_minutes);
    fmt::print("; {:.1f} % [{:.1f}, {:.1f}] against itself at two minutes",
               100 * curve.against_two_minutes.score(), 100 * early.low, 100 * early.high);
  }
  fmt::print("\n");
}

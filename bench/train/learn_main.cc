// How strong the demo preset becomes in ten minutes: trains it from scratch and lets it play a
// uniformly random mover at intervals. Time spent on evaluation is not training time.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "harness/machine.h"
#include "harness/report.h"
#include "rl/evaluation/interval.h"
#include "rl/evaluation/match.h"
#include "rl/evaluation/skill_probes.h"
#include "rl/network/blas_environment.h"
#include "rl/run/config.h"
#include "rl/run/trainer.h"

namespace {

using namespace keisei;

constexpr int kQuestions = 200;  // per skill
constexpr double kBar = 0.90;    // against the random mover, within the time and still at its end

struct Request {
  std::string preset = "demo", reward;
  std::vector<std::string> settings;
  double minutes = 10, interval = 1;
  int seeds = 1, games = 200, final_games = 400;
  std::int64_t first_seed = 1;
  int threads = 0;
  bool json = false, quiet = false;
};

struct Point {
  double minutes;
  std::int64_t samples;
  rl::MatchScore score;
  std::vector<rl::SkillScore> skills;  // in the order of kSkills
};

struct Curve {
  std::int64_t seed;
  std::vector<Point> points;
  rl::MatchScore final_score, against_start, against_two_minutes;
  double seconds = 0;
};

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

// The difference in Elo at which this score is expected. Half a game stands for the win or loss
// that was never seen, so that the answer is finite.
double elo(double score, int games) {
  const double s = std::clamp(score, 0.5 / games, 1 - 0.5 / games);
  return 400 * std::log10(s / (1 - s));
}

class Learner {
 public:
  Learner(const rl::Options& options, const Request& request)
      : options_(options), request_(request), trainer_(options, clock_), start_(copy()) {
    for (const rl::Skill skill : rl::kSkills) {
      suites_.push_back(rl::make_suite(skill, kQuestions));
    }
  }

  Curve run() {
    Curve curve{.seed = options_.run.seed};
    std::optional<rl::Player> early;
    evaluate(curve);
    for (double next = request_.interval; curve.seconds < 60 * request_.minutes;) {
      const auto iteration = trainer_.iterate(nullptr);
      if (!iteration) throw std::runtime_error(iteration.error().message);
      curve.seconds += (*iteration)->selfplay_s + (*iteration)->update_s;
      if (!early && curve.seconds >= 120) early = copy();
      if (curve.seconds < 60 * next) continue;
      evaluate(curve);
      next = std::floor(curve.seconds / 60 / request_.interval + 1) * request_.interval;
    }
    curve.final_score =
        play_random(trainer_.player(), pool(), options_, request_.final_games, 1'000'003);
    curve.against_start = play_match(trainer_.player(), start_, pool(), options_, 200, 1'000'033);
    if (early) {
      curve.against_two_minutes =
          play_match(trainer_.player(), *early, pool(), options_, 200, 1'000'037);
    }
    return curve;
  }

 private:
  rl::WorkerPool& pool() { return trainer_.pool(); }

  // The network as it is now.
  rl::Player copy() const {
    return *rl::Player::load(options_.network, options_.run.device, trainer_.player().weights());
  }

  void evaluate(Curve& curve) {
    const std::int64_t samples = trainer_.metrics().global_timestep();
    const auto score = play_random(trainer_.player(), pool(), options_, request_.games,
                                   static_cast<std::uint64_t>(samples) + 17);
    curve.points.push_back({curve.seconds / 60, samples, score, {}});
    for (const rl::SkillSuite& suite : suites_) {
      curve.points.back().skills.push_back(
          probe(trainer_.player(), suite, options_.environment.max_plies));
    }
    if (request_.quiet) return;
    const rl::Interval interval = rl::wilson_interval(score.score(), score.games());
    fmt::print(stderr,
               "seed {} · {:5.2f} min · {:7} samples · {:5.1f} % [{:.1f}, {:.1f}] against random "
               "({} won, {} drawn, {} lost)\n",
               curve.seed, curve.points.back().minutes, samples, 100 * score.score(),
               100 * interval.low, 100 * interval.high, score.wins, score.draws, score.losses);
  }

  SystemClock clock_;
  rl::Options options_;
  Request request_;
  rl::Trainer trainer_;
  rl::Player start_;
  std::vector<rl::SkillSuite> suites_;
};

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
  const rl::Interval start_interval = interval_of(start);
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
      .figure("elo_vs_start", elo(start.score(), start.games()))
      .figure("elo_vs_start_low", elo(start_interval.low, start.games()))
      .figure("elo_vs_start_high", elo(start_interval.high, start.games()));
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
      elo(curve.against_start.score(), curve.against_start.games()));
  if (curve.against_two_minutes.games() > 0) {
    const auto early = interval_of(curve.against_two_minutes);
    fmt::print("; {:.1f} % [{:.1f}, {:.1f}] against itself at two minutes",
               100 * curve.against_two_minutes.score(), 100 * early.low, 100 * early.high);
  }
  fmt::print("\n");
}

int bench(const Request& request) {
  for (int i = 0; i < request.seeds; ++i) {
    rl::Options options;
    Result<void> applied = rl::apply_preset(options, request.preset);
    if (applied && !request.reward.empty()) {
      applied = rl::apply_setting(options, "reward.kind=" + request.reward);
    }
    for (const std::string& setting : request.settings) {
      if (applied) applied = rl::apply_setting(options, setting);
    }
    if (applied) applied = rl::validate(options);
    if (!applied) {
      fmt::print(stderr, "keisei-bench-learn: {}\n", applied.error().message);
      return 2;
    }
    options.run.seed = request.first_seed + i;
    if (request.threads > 0) options.run.threads = request.threads;
    Learner learner(options, request);
    const Curve curve = learner.run();
    request.json ? print_json(curve, options) : print_text(curve, options);
    std::fflush(stdout);
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  keisei::rl::restart_with_blas_environment(argv);
  Request request;
  CLI::App app("Trains from scratch and measures the strength against a uniformly random mover.");
  app.add_option("--preset", request.preset)->capture_default_str();
  app.add_option("--reward", request.reward, "terminal or shaped; the preset's if not given");
  app.add_option("--set", request.settings, "A setting of the trainer, as ppo.epochs=4");
  app.add_option("--minutes", request.minutes, "Training time per seed")->capture_default_str();
  app.add_option("--interval", request.interval, "Minutes between evaluations")
      ->capture_default_str();
  app.add_option("--games", request.games, "Games per evaluation")->capture_default_str();
  app.add_option("--final-games", request.final_games)->capture_default_str();
  app.add_option("--seeds", request.seeds, "Runs, one after another")->capture_default_str();
  app.add_option("--seed", request.first_seed, "The first seed")->capture_default_str();
  app.add_option("--threads", request.threads, "The preset's if not given");
  app.add_flag("--json", request.json, "One line of JSON per seed");
  app.add_flag("--quiet", request.quiet, "No progress on standard error");
  CLI11_PARSE(app, argc, argv);
  try {
    return bench(request);
  } catch (const std::exception& error) {
    fmt::print(stderr, "keisei-bench-learn: {}\n", error.what());
    return 1;
  }
}

#include "learner.h"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <stdexcept>

#include "rl/evaluation/interval.h"

using namespace keisei;

namespace {

constexpr int kQuestions = 200;  // per skill

}  // namespace

Learner::Learner(const rl::Options& options, const LearnerOptions& request)
    : options_(options), request_(request), trainer_(options, clock_), start_(copy()) {
  for (const rl::Skill skill : rl::kSkills) {
    suites_.push_back(rl::make_suite(skill, kQuestions));
  }
}

Curve Learner::run() {
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
  curve.explained_variance =
      trainer_.metrics().last().learnt.figures[hook::Metric::explained_variance];
  curve.final_score =
      play_random(trainer_.player(), pool(), options_, request_.final_games, 1'000'003);
  curve.against_start = play_match(trainer_.player(), start_, pool(), options_, 200, 1'000'033);
  if (early) {
    curve.against_two_minutes =
        play_match(trainer_.player(), *early, pool(), options_, 200, 1'000'037);
  }
  return curve;
}

// The network as it is now.
rl::Player Learner::copy() const {
  return *rl::Player::load(options_.network, options_.run.device, trainer_.player().weights());
}

void Learner::evaluate(Curve& curve) {
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

#include "rl/evaluation/examiner.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <span>

namespace keisei::rl {
namespace {

// Older ones no longer count, so that rating a run of weeks takes no longer than one of days. With
// three opponents and the random mover in each evaluation these are the latest 128.
constexpr std::size_t kRatedMatches = 512;

// Far from the streams of self-play; every evaluation has its own games.
std::uint64_t match_seed(const Options& options, std::int64_t update, std::int64_t opponent) {
  const auto match = static_cast<std::uint64_t>(update) * 0x1000003ULL;
  return stream_seed(static_cast<std::uint64_t>(options.run.seed) ^ 0x65766174ULL,
                     match + static_cast<std::uint64_t>(opponent + 1));
}

std::string score_json(const MatchScore& score) {
  const Interval interval = wilson_interval(score.score(), std::max(1, score.games()));
  return fmt::format(
      R"("score":{:.4f},"ci95_low":{:.4f},"ci95_high":{:.4f},"wins":{},"draws":{},"losses":{})",
      score.score(), interval.low, interval.high, score.wins, score.draws, score.losses);
}

std::string skill_json(Skill skill, const SkillScore& score) {
  const Interval interval = wilson_interval(score.success(), std::max(1, score.questions));
  return fmt::format(
      R"("{}":{{"success":{:.4f},"ci95_low":{:.4f},"ci95_high":{:.4f},"questions":{},)"
      R"("probability":{:.4f},"chance":{:.4f}}})",
      skill_name(skill), score.success(), interval.low, interval.high, score.questions,
      score.probability, score.chance);
}

}  // namespace

std::string evaluation_line(const Evaluation& evaluation, double unix_time) {
  std::string past, skills;
  for (const auto& [update, score] : evaluation.against_past) {
    past +=
        fmt::format(R"({}{{"update":{},{}}})", past.empty() ? "" : ",", update, score_json(score));
  }
  for (std::size_t i = 0; i < evaluation.skills.size(); ++i) {
    skills += ',' + skill_json(kSkills[i], evaluation.skills[i]);
  }
  return fmt::format(R"({{"time":{:.3f},"update":{},"global_step":{},"against_random":{{{}}},)"
                     R"("elo":{:.1f},"elo_low":{:.1f},"elo_high":{:.1f},"against_past":[{}],)"
                     R"("skills":{{"suite":{}{}}},"seconds":{:.2f}}})",
                     unix_time, evaluation.update, evaluation.global_step,
                     score_json(evaluation.against_random), evaluation.rating.elo,
                     evaluation.rating.low, evaluation.rating.high, past, kSuiteVersion, skills,
                     evaluation.seconds);
}

std::string evaluation_summary(const Evaluation& evaluation) {
  const MatchScore& random = evaluation.against_random;
  const Interval interval = wilson_interval(random.score(), std::max(1, random.games()));
  std::string text = fmt::format(
      "evaluation of update {} · {:.0f} % [{:.0f}, {:.0f}] against random · Elo {:+.0f} ± {:.0f}",
      evaluation.update, 100 * random.score(), 100 * interval.low, 100 * interval.high,
      evaluation.rating.elo, evaluation.rating.high - evaluation.rating.elo);
  for (std::size_t i = 0; i < evaluation.skills.size(); ++i) {
    text +=
        fmt::format(" · {} {:.0f} %", skill_name(kSkills[i]), 100 * evaluation.skills[i].success());
  }
  return text;
}

Evaluator::Evaluator(const Options& options, const std::string& directory,
                     std::int64_t latest_update)
    : options_(options),
      pool_(1),
      agent_(options, pool_),
      opponent_(options, pool_),
      past_(directory, options.evaluation.pool, latest_update) {}

void Evaluator::note(Evaluation& evaluation, const Result<void>& done) {
  if (!done) evaluation.problems.push_back(done.error().message);
}

std::optional<Evaluation> Evaluator::evaluate(const Snapshot& snapshot,
                                              const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  if (!agent_.load_weights(snapshot.weights)) return std::nullopt;
  Evaluation evaluation;
  evaluation.update = snapshot.update;
  evaluation.global_step = snapshot.global_step;
  evaluation.against_random =
      play_random(agent_, pool_, options_, options_.evaluation.games,
                  match_seed(options_, snapshot.update, SnapshotPool::kRandomMover), stop);
  if (stop.stop_requested()) return std::nullopt;
  note(evaluation,
       past_.record({snapshot.update, SnapshotPool::kRandomMover, evaluation.against_random}));
  play_past(evaluation, stop);
  if (stop.stop_requested()) return std::nullopt;
  note(evaluation, past_.add(snapshot.update, snapshot.weights));
  evaluation.rating = rate_now(snapshot.update);
  for (std::size_t i = 0; i < std::size(kSkills); ++i) {
    if (suites_.size() == i)
      suites_.push_back(make_suite(kSkills[i], options_.evaluation.questions));
    evaluation.skills.push_back(probe(agent_, suites_[i], options_.environment.max_plies));
    if (stop.stop_requested()) return std::nullopt;
  }
  evaluation.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return evaluation;
}

void Evaluator::play_past(Evaluation& evaluation, const std::stop_token& stop) {
  std::vector<std::int64_t> others = past_.updates();
  std::erase(others, evaluation.update);
  for (const std::int64_t other : spread_over(others, options_.evaluation.opponents)) {
    const auto weights = past_.weights(other);
    const Result<void> loaded =
        weights ? opponent_.load_weights(*weights) : Result<void>(tl::unexpected(weights.error()));
    if (!loaded) {
      note(evaluation, loaded);
      past_.drop(other);
      continue;
    }
    const MatchScore score =
        play_agent(agent_, opponent_, pool_, options_, options_.evaluation.games_per_opponent,
                   match_seed(options_, evaluation.update, other), stop);
    if (stop.stop_requested()) return;
    evaluation.against_past.push_back({other, score});
    note(evaluation, past_.record({evaluation.update, other, score}));
  }
}

Rating Evaluator::rate_now(std::int64_t update) const {
  std::map<std::int64_t, int> players{{SnapshotPool::kRandomMover, 0}};
  std::vector<Pairing> pairings;
  const auto& matches = past_.matches();
  const std::size_t begin = matches.size() - std::min(matches.size(), kRatedMatches);
  for (const SnapshotPool::Match& match : std::span(matches).subspan(begin)) {
    const auto number = [&](std::int64_t player) {
      return players.emplace(player, static_cast<int>(players.size())).first->second;
    };
    const int first = number(match.first), second = number(match.second);
    pairings.push_back({first, second, match.score.wins, match.score.draws, match.score.losses});
  }
  const Ratings ratings = rate(static_cast<int>(players.size()), pairings);
  return ratings.players[static_cast<std::size_t>(players.at(update))];
}

}  // namespace keisei::rl

#include "rl/evaluation/examiner.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <span>

#include "rl/evaluation/match.h"
#include "rl/random.h"
#include "rl/selfplay/past_choice.h"

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

}  // namespace

Examiner::Examiner(const Options& options, const std::string& directory, std::int64_t latest_update)
    : options_(options), pool_(1), past_(directory, options.evaluation.pool, latest_update) {}

void Examiner::note(Evaluation& evaluation, const Result<void>& done) {
  if (!done) evaluation.problems.push_back(done.error().message);
}

std::optional<Evaluation> Examiner::evaluate(const Snapshot& snapshot,
                                             const std::stop_token& stop) {
  const auto begin = std::chrono::steady_clock::now();
  const auto player = Player::load(options_.network, options_.run.device, snapshot.weights);
  if (!player) return std::nullopt;
  Evaluation evaluation;
  evaluation.update = snapshot.update;
  evaluation.global_step = snapshot.global_step;
  evaluation.against_random =
      play_random(*player, pool_, options_, options_.evaluation.games,
                  match_seed(options_, snapshot.update, SnapshotPool::kRandomMover), stop);
  if (stop.stop_requested()) return std::nullopt;
  note(evaluation,
       past_.record({snapshot.update, SnapshotPool::kRandomMover, evaluation.against_random}));
  play_past(evaluation, *player, stop);
  if (stop.stop_requested()) return std::nullopt;
  note(evaluation, past_.add(snapshot.update, snapshot.weights));
  evaluation.rating = rate_now(snapshot.update);
  for (std::size_t i = 0; i < std::size(kSkills); ++i) {
    if (suites_.size() == i)
      suites_.push_back(make_suite(kSkills[i], options_.evaluation.questions));
    evaluation.skills.push_back(probe(*player, suites_[i], options_.environment.max_plies));
    if (stop.stop_requested()) return std::nullopt;
  }
  evaluation.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return evaluation;
}

void Examiner::play_past(Evaluation& evaluation, const Player& player,
                         const std::stop_token& stop) {
  std::vector<std::int64_t> others = past_.updates();
  std::erase(others, evaluation.update);
  for (const std::int64_t other : spread_over(others, options_.evaluation.opponents)) {
    const auto weights = past_.weights(other);
    const auto opponent = weights ? Player::load(options_.network, options_.run.device, *weights)
                                  : Result<Player>(tl::unexpected(weights.error()));
    if (!opponent) {
      evaluation.problems.push_back(opponent.error().message);
      past_.drop(other);
      continue;
    }
    const MatchScore score =
        play_match(player, *opponent, pool_, options_, options_.evaluation.games_per_opponent,
                   match_seed(options_, evaluation.update, other), stop);
    if (stop.stop_requested()) return;
    evaluation.against_past.push_back({other, score});
    note(evaluation, past_.record({evaluation.update, other, score}));
  }
}

Rating Examiner::rate_now(std::int64_t update) const {
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

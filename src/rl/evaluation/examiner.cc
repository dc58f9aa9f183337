#include "rl/evaluation/examiner.h"

#include <algorithm>
#include <chrono>

#include "rl/evaluation/match.h"
#include "rl/random.h"
#include "rl/selfplay/past_choice.h"

namespace keisei::rl {
namespace {

// Far from the streams of self-play. Every evaluation has its own games, and so has every meeting
// of the same two, as when a run is resumed from one checkpoint again and again.
std::uint64_t match_seed(const Options& options, const MatchTable& matches, std::int64_t update,
                         std::int64_t opponent) {
  const auto match = static_cast<std::uint64_t>(update) * 0x1000003ULL;
  const auto meeting = static_cast<std::uint64_t>(matches.meetings(update, opponent)) << 32;
  return stream_seed(static_cast<std::uint64_t>(options.run.seed) ^ 0x65766174ULL ^ meeting,
                     match + static_cast<std::uint64_t>(opponent + 1));
}

}  // namespace

Examiner::Examiner(const Options& options, const std::string& directory, std::int64_t latest_update)
    : options_(options),
      pool_(1),
      past_(directory, options.evaluation.pool, latest_update),
      matches_(directory, latest_update) {}

void Examiner::note(Evaluation& evaluation, const Result<void>& done) {
  if (!done) evaluation.problems.push_back(done.error().message);
}

std::optional<Evaluation> Examiner::evaluate(const Snapshot& snapshot,
                                             const std::stop_token& stop) {
  thread_.check();
  const auto begin = std::chrono::steady_clock::now();
  const auto player = Player::load(options_.network, options_.run.device, snapshot.weights);
  if (!player) return std::nullopt;
  Evaluation evaluation;
  evaluation.update = snapshot.update;
  evaluation.global_step = snapshot.global_step;
  evaluation.against_random =
      play_random(*player, pool_, options_, options_.evaluation.games,
                  match_seed(options_, matches_, snapshot.update, kRandomMover), stop);
  if (stop.stop_requested()) return std::nullopt;
  note(evaluation, matches_.add({snapshot.update, kRandomMover, evaluation.against_random}));
  play_past(evaluation, *player, stop);
  if (stop.stop_requested()) return std::nullopt;
  note(evaluation, past_.add(snapshot.update, snapshot.weights));
  evaluation.rating = matches_.rate(snapshot.update);
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
  for (const std::int64_t other :
       opponents_of(evaluation.update, others, options_.evaluation.opponents)) {
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
                   match_seed(options_, matches_, evaluation.update, other), stop);
    if (stop.stop_requested()) return;
    evaluation.against_past.push_back({other, score});
    note(evaluation, matches_.add({evaluation.update, other, score}));
  }
}

}  // namespace keisei::rl

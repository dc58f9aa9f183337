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

// As many times those against the random mover: they take no network.
constexpr int kGamesAmongAnchors = 4;

// One match with an anchor takes no more than one with a network.
bool has_room_for_an_anchor(const Options& options) { return options.evaluation.opponents > 1; }

// They take turns, over restarts too.
Anchor next_anchor(const MatchTable& matches) {
  const bool is_behind = matches.matches_against(Anchor::material_one_ply) <
                         matches.matches_against(Anchor::capture_greedy);
  return is_behind ? Anchor::material_one_ply : Anchor::capture_greedy;
}

}  // namespace

Examiner::Examiner(const Options& options, const std::string& directory, std::int64_t latest_update)
    : options_(options),
      pool_(1),
      past_(directory, options.evaluation.pool, latest_update),
      times_(directory, latest_update),
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
  // First: by it its opponents' ages are told.
  note(evaluation, times_.add({snapshot.update, times_.of_run(snapshot.process_s)}));
  play_anchor(evaluation, *player, Anchor::random_mover, options_.evaluation.games, stop);
  if (has_room_for_an_anchor(options_)) {
    play_anchor(evaluation, *player, next_anchor(matches_), options_.evaluation.games_per_opponent,
                stop);
  }
  play_past(evaluation, *player, stop);
  if (stop.stop_requested()) return std::nullopt;
  note(evaluation, keep(snapshot));
  if (among_anchors_.empty()) {
    const shogi::Rules rules{.max_plies = options_.environment.max_plies};
    among_anchors_ = play_among_anchors(kGamesAmongAnchors * options_.evaluation.games, rules);
  }
  evaluation.ratings = matches_.rate(snapshot.update, among_anchors_);
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

void Examiner::play_anchor(Evaluation& evaluation, const Player& player, Anchor anchor, int games,
                           const std::stop_token& stop) {
  if (stop.stop_requested()) return;
  const std::uint64_t seed = match_seed(options_, matches_, evaluation.update, player_of(anchor));
  const MatchScore score = rl::play_anchor(player, anchor, pool_, options_, games, seed, stop);
  if (stop.stop_requested()) return;
  evaluation.against_anchors[static_cast<std::size_t>(anchor)] = score;
  note(evaluation, matches_.add({evaluation.update, player_of(anchor), score}));
}

// Of the networks that are kept, those of which it is known when.
std::vector<Frozen> Examiner::frozen() const {
  std::vector<Frozen> known;
  for (const Frozen& one : times_.frozen()) {
    const auto& kept = past_.updates();
    if (std::binary_search(kept.begin(), kept.end(), one.update)) known.push_back(one);
  }
  return known;
}

Result<void> Examiner::keep(const Snapshot& snapshot) {
  const double now_s = times_.of_run(snapshot.process_s);
  std::vector<Frozen> known = frozen();
  known.push_back({snapshot.update, now_s});
  return past_.add(snapshot.update, snapshot.weights, needed_for_hour_ago(known, now_s));
}

void Examiner::play_past(Evaluation& evaluation, const Player& player,
                         const std::stop_token& stop) {
  if (stop.stop_requested()) return;
  const double now_s = times_.of(evaluation.update).value_or(0);
  std::vector<std::int64_t> others = past_.updates();
  std::erase(others, evaluation.update);
  const int most = options_.evaluation.opponents - (has_room_for_an_anchor(options_) ? 1 : 0);
  for (const std::int64_t other :
       opponents_of(evaluation.update, others, most, hour_ago(frozen(), now_s))) {
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
    const auto frozen_at = times_.of(other);
    evaluation.against_past.push_back(
        {other, score, frozen_at ? std::optional(now_s - *frozen_at) : std::nullopt});
    note(evaluation, matches_.add({evaluation.update, other, score}));
  }
}

}  // namespace keisei::rl

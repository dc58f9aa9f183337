#include "rl/selfplay/self_play.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace keisei::rl {

SelfPlayTime& SelfPlayTime::operator+=(const SelfPlayTime& other) {
  rules += other.rules;
  network += other.network;
  return *this;
}

SelfPlay::SelfPlay(const Options& options, WorkerPool& pool, const Clock& clock,
                   const PastSelves* past, int first_environment)
    : options_(options),
      pool_(pool),
      clock_(clock),
      past_(past),
      steps_(options.environment, options.reward, options.ppo.gamma),
      workers_(static_cast<std::size_t>(pool.size())) {
  environments_.reserve(static_cast<std::size_t>(options.environment.count));
  for (int i = 0; i < options.environment.count; ++i) {
    const int number = first_environment + i;
    environments_.emplace_back(stream_seed(options.run.seed, static_cast<std::uint64_t>(number)),
                               steps_.rules());
    if (number > 0) begin_midway(environments_.back());
  }
}

// In lockstep from the first move, the games would all be openings, then all endgames, and each
// update would unlearn what the one before had learnt. So every environment but the featured one
// begins somewhere in a random game.
void SelfPlay::begin_midway(Environment& environment) const {
  const auto plies =
      environment.random.below(static_cast<std::uint32_t>(options_.environment.max_plies));
  for (std::uint32_t i = 0; i < plies; ++i) {
    const shogi::MoveList& legal = environment.game.legal_moves();
    environment.game.play(
        legal[environment.random.below(static_cast<std::uint32_t>(legal.size()))]);
    if (environment.game.is_over()) steps_.reset_episode(environment);
  }
}

void SelfPlay::collect(const Player& player, RolloutBuffer& rollout, FeaturedObserver* observer,
                       const std::stop_token& stop) {
  pool_.run([&](int worker) {
    const Share share = share_of(options_.environment.count, worker, pool_.size());
    if (share.begin == share.end) return;
    collect_share(player, rollout, workers_[static_cast<std::size_t>(worker)], share,
                  worker == 0 ? observer : nullptr, stop);
  });
}

void SelfPlay::collect_share(const Player& player, RolloutBuffer& rollout, Worker& worker,
                             Share share, FeaturedObserver* observer, const std::stop_token& stop) {
  for (int i = share.begin; i < share.end; ++i) rollout.begin(i);
  SteadyTime lap = clock_.steady();
  const auto evaluate = [&](bool want_activation) {
    worker.batch.clear(share.end - share.begin);
    for (int i = share.begin; i < share.end; ++i) {
      steps_.encode(environments_[static_cast<std::size_t>(i)], worker.batch);
    }
    worker.time.rules += since(lap);
    player.evaluate(worker.batch, worker.output, want_activation);
    worker.time.network += since(lap);
  };
  for (int step = 0; step < options_.ppo.steps; ++step) {
    if (stop.stop_requested()) return;
    const bool want_activation = observer != nullptr && observer->wants_activation();
    evaluate(want_activation);
    if (past_ != nullptr) let_past_move(worker, share, lap);
    for (int i = share.begin; i < share.end; ++i) {
      play_move(rollout, worker, i, i - share.begin, step, i == 0 ? observer : nullptr,
                want_activation);
    }
  }
  evaluate(false);
  for (int i = share.begin; i < share.end; ++i) {
    rollout.finish(i, worker.output.values[static_cast<std::size_t>(i - share.begin)],
                   static_cast<float>(options_.ppo.gamma),
                   static_cast<float>(options_.ppo.gae_lambda));
  }
  worker.time.rules += since(lap);
}

// Seconds since the end of the last lap; begins the next one.
double SelfPlay::since(SteadyTime& lap) const {
  const SteadyTime before = std::exchange(lap, clock_.steady());
  return std::chrono::duration<double>(lap - before).count();
}

// The earlier network that is to move there, null if it is the present one's turn.
const Player* SelfPlay::past_mover(int environment) const {
  if (past_ == nullptr) return nullptr;
  const Environment& of = environments_[static_cast<std::size_t>(environment)];
  const auto opponent = past_->opponent_of(environment, of.game_number);
  if (!opponent) return nullptr;
  const bool black_moves = of.game.position().side_to_move() == shogi::Color::black;
  return opponent->plays_black == black_moves ? opponent->player : nullptr;
}

// Replaces the policy, but not the value, in every position where an earlier network is to move.
void SelfPlay::let_past_move(Worker& worker, Share share, SteadyTime& lap) const {
  std::vector<const Player*> movers;
  for (int i = share.begin; i < share.end; ++i) movers.push_back(past_mover(i));
  std::vector<const Player*> players(movers);
  std::sort(players.begin(), players.end());
  players.erase(std::unique(players.begin(), players.end()), players.end());
  for (const Player* const player : players) {
    if (player == nullptr) continue;
    worker.past_rows.clear();
    worker.past_batch.clear(share.end - share.begin);
    for (int row = 0; row < share.end - share.begin; ++row) {
      if (movers[static_cast<std::size_t>(row)] != player) continue;
      worker.past_rows.push_back(row);
      steps_.encode(environments_[static_cast<std::size_t>(share.begin + row)], worker.past_batch);
    }
    worker.time.rules += since(lap);
    player->evaluate(worker.past_batch, worker.past_output);
    worker.time.network += since(lap);
    for (std::size_t i = 0; i < worker.past_rows.size(); ++i) {
      const auto row = static_cast<std::size_t>(worker.past_rows[i]);
      const auto from = worker.past_output.log_probabilities.begin();
      std::copy(from + worker.past_batch.offsets[i], from + worker.past_batch.offsets[i + 1],
                worker.output.log_probabilities.begin() + worker.batch.offsets[row]);
    }
  }
}

void SelfPlay::play_move(RolloutBuffer& rollout, Worker& worker, int environment, int row, int step,
                         FeaturedObserver* observer, bool has_activation) {
  Environment& of = environments_[static_cast<std::size_t>(environment)];
  const shogi::Game& game = of.game;
  const auto at = static_cast<std::size_t>(row);
  const auto begin = static_cast<std::size_t>(worker.batch.offsets[at]);
  const auto count = static_cast<std::size_t>(worker.batch.offsets[at + 1]) - begin;
  const auto actions = std::span(worker.batch.actions).subspan(begin, count);
  const auto log_probabilities =
      std::span<const float>(worker.output.log_probabilities).subspan(begin, count);
  const int chosen = sample_move(log_probabilities, of.random);

  Sample& sample = rollout.add(environment, step, actions);
  sample.learnable = past_mover(environment) == nullptr;
  sample.position = game.position();
  sample.occurrences = static_cast<std::uint8_t>(game.repetitions());
  sample.chosen = static_cast<std::uint16_t>(chosen);
  sample.log_probability = log_probabilities[static_cast<std::size_t>(chosen)];
  sample.value = worker.output.values[at];
  const double forecast = steps_.forecast(game.position(), sample.value);
  of.forecasts.resize(static_cast<std::size_t>(game.ply()), kNoForecast);
  of.forecasts.push_back(sample.learnable ? static_cast<float>(forecast) : kNoForecast);
  if (observer != nullptr) {
    observer->on_move({.game = game,
                       .game_number = of.game_number,
                       .actions = actions,
                       .log_probabilities = log_probabilities,
                       .chosen = chosen,
                       .expected_result = foresight_.expected_result(forecast),
                       .activation = has_activation ? &worker.output.activation : nullptr});
  }
  // The batch lists the legal moves in the order of the game.
  const auto outcome =
      steps_.execute_step(of, game.legal_moves()[static_cast<std::size_t>(chosen)]);
  sample.reward = outcome.reward;
  sample.game_over = outcome.game_over;
  if (!outcome.game_over) return;
  worker.statistics.add(game);
  worker.forecasts += foresight_.compare(game, of.forecasts);
  if (const auto opponent =
          past_ == nullptr ? std::nullopt : past_->opponent_of(environment, of.game_number)) {
    const auto winner = game.result()->winner;
    const bool black_won = winner == shogi::Color::black;
    ++(!winner                              ? worker.against_past.draws
       : black_won != opponent->plays_black ? worker.against_past.wins
                                            : worker.against_past.losses);
  }
  if (observer != nullptr) observer->on_game_finished(game, of.game_number);
  steps_.reset_episode(of);
}

EpisodeStatistics SelfPlay::take_statistics() {
  EpisodeStatistics sum;
  for (Worker& worker : workers_) sum += std::exchange(worker.statistics, {});
  return sum;
}

ForecastSums SelfPlay::take_forecasts() {
  ForecastSums sum;
  for (Worker& worker : workers_) sum += std::exchange(worker.forecasts, {});
  return sum;
}

SelfPlayTime SelfPlay::take_time() {
  SelfPlayTime sum;
  for (Worker& worker : workers_) sum += std::exchange(worker.time, {});
  return sum;
}

MatchScore SelfPlay::take_against_past() {
  MatchScore sum;
  for (Worker& worker : workers_) {
    sum.wins += worker.against_past.wins;
    sum.draws += worker.against_past.draws;
    sum.losses += worker.against_past.losses;
    worker.against_past = {};
  }
  return sum;
}

Result<void> SelfPlay::restore(int environment, std::span<const std::uint16_t> moves,
                               std::span<const float> forecasts, std::uint64_t random_state,
                               std::int64_t game_number) {
  Environment restored(random_state, steps_.rules());
  restored.game_number = game_number;
  for (const std::uint16_t bits : moves) {
    const shogi::Move move(bits);
    if (restored.game.is_over() || !restored.game.legal_moves().contains(move)) {
      return fail("environment " + std::to_string(environment) + " holds an illegal move");
    }
    restored.game.play(move);
  }
  if (restored.game.is_over()) {
    return fail("environment " + std::to_string(environment) + " holds a finished game");
  }
  if (forecasts.size() > moves.size()) {
    return fail("environment " + std::to_string(environment) + " holds too many forecasts");
  }
  restored.forecasts.assign(forecasts.begin(), forecasts.end());
  environments_[static_cast<std::size_t>(environment)] = std::move(restored);
  return {};
}

}  // namespace keisei::rl

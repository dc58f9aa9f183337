#include "rl/run/trainer.h"

#include <fmt/format.h>

#include <cmath>
#include <span>
#include <vector>

#include "rl/run/config.h"

namespace keisei::rl {
namespace {

double seconds(SteadyTime from, SteadyTime to) {
  return std::chrono::duration<double>(to - from).count();
}

// The games of all processes.
void add_up(ProcessGroup& group, EpisodeStatistics& episodes, MatchScore& against_past,
            ForecastSums& forecasts) {
  std::vector<std::int64_t*> counts{&episodes.games, &episodes.plies, &episodes.black_wins,
                                    &episodes.white_wins};
  for (std::int64_t& count : episodes.ended_by) counts.push_back(&count);
  std::vector<int*> scores{&against_past.wins, &against_past.draws, &against_past.losses};
  std::vector<double> sums;
  for (const std::int64_t* count : counts) sums.push_back(static_cast<double>(*count));
  for (const int* score : scores) sums.push_back(*score);
  for (const double* number : forecasts.numbers()) sums.push_back(*number);
  group.sum(std::span<double>(sums));
  for (std::size_t i = 0; i < counts.size(); ++i) *counts[i] = std::llround(sums[i]);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    *scores[i] = static_cast<int>(std::lround(sums[counts.size() + i]));
  }
  const auto numbers = forecasts.numbers();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    *numbers[i] = sums[counts.size() + scores.size() + i];
  }
}

}  // namespace

Trainer::Trainer(const Options& options, const Clock& clock, ProcessGroup* group)
    : options_(options),
      clock_(clock),
      pool_(options.run.threads),
      group_(group),
      agent_(options, pool_, group),
      past_(options),
      self_play_(options, pool_, clock, &past_,
                 group == nullptr ? 0 : group->rank() * options.environment.count),
      rollout_(options.environment.count, options.ppo.steps) {}

Result<std::optional<Iteration>> Trainer::iterate(FeaturedObserver* observer,
                                                  const std::stop_token& stop) {
  thread_.check();
  const SteadyTime begin = clock_.steady();
  if (const Result<void> added = past_.add_if_due(metrics_.updates(), agent_.player()); !added) {
    return tl::unexpected(added.error());
  }
  self_play_.collect(agent_.player(), rollout_, observer, stop);
  if (stop.stop_requested()) return std::nullopt;
  const SteadyTime played = clock_.steady();
  Result<LearnMetrics> learnt = agent_.learn(rollout_, metrics_.global_timestep(), stop);
  if (!learnt) return tl::unexpected(learnt.error());
  if (learnt->given_up) return std::nullopt;
  Iteration iteration{.learnt = *learnt,
                      .episodes = self_play_.take_statistics(),
                      .against_past = self_play_.take_against_past(),
                      .samples = rollout_.size() * (group_ == nullptr ? 1 : group_->size()),
                      .selfplay_s = seconds(begin, played),
                      .rules_s = self_play_.take_time().rules / pool_.size(),
                      .update_s = seconds(played, clock_.steady())};
  ForecastSums forecasts = self_play_.take_forecasts();
  if (group_ != nullptr) add_up(*group_, iteration.episodes, iteration.against_past, forecasts);
  Foresight foresight = self_play_.foresight();
  foresight.add(forecasts);
  self_play_.set_foresight(foresight);
  iteration.learnt.figures[hook::Metric::explained_variance] = foresight.explained_variance();
  metrics_.add(iteration);
  return iteration;
}

Checkpoint Trainer::checkpoint(const std::string& run_id) const {
  Checkpoint result{.run_id = run_id,
                    .config = to_toml(options_),
                    .updates = metrics_.updates(),
                    .global_timestep = metrics_.global_timestep(),
                    .totals = metrics_.totals(),
                    .environments = {},
                    .agent = agent_.save(),
                    .past = past_.save(),
                    .foresight = {}};
  const auto foresight = self_play_.foresight().save();
  result.foresight.assign(foresight.begin(), foresight.end());
  for (const Environment& environment : self_play_.environments()) {
    EnvironmentState state;
    for (const shogi::Move move : environment.game.moves()) state.moves.push_back(move.bits());
    state.forecasts = environment.forecasts;
    state.random_state = environment.random.state();
    state.game_number = environment.game_number;
    result.environments.push_back(std::move(state));
  }
  return result;
}

Result<void> Trainer::resume(const Checkpoint& checkpoint) {
  if (checkpoint.environments.size() != self_play_.environments().size()) {
    return fail(
        fmt::format("it was made with environment.count = {}", checkpoint.environments.size()));
  }
  if (Result<void> loaded = agent_.load(checkpoint.agent); !loaded) return loaded;
  if (Result<void> loaded = past_.load(checkpoint.past); !loaded) return loaded;
  for (std::size_t i = 0; i < checkpoint.environments.size(); ++i) {
    const EnvironmentState& state = checkpoint.environments[i];
    Result<void> restored = self_play_.restore(static_cast<int>(i), state.moves, state.forecasts,
                                               state.random_state, state.game_number);
    if (!restored) return restored;
  }
  Foresight foresight;
  if (!checkpoint.foresight.empty() && !foresight.load(checkpoint.foresight)) {
    return fail("what it says of forecasts is damaged");
  }
  self_play_.set_foresight(foresight);
  metrics_.resume(checkpoint.updates, checkpoint.global_timestep, checkpoint.totals);
  return {};
}

}  // namespace keisei::rl
